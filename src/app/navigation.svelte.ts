import { href, parseRoute, type Route } from './route.ts';

/** The current page, following the address bar. */
export class Navigation {
  #route = $state.raw<Route>(parseRoute(''));

  /** Starts following; the function that it returns ends that. */
  follow(view: Window): () => void {
    const read = (): void => {
      this.#route = parseRoute(view.location.hash);
    };
    read();
    view.addEventListener('hashchange', read);
    return () => view.removeEventListener('hashchange', read);
  }

  get route(): Route {
    return this.#route;
  }

  go(route: Route): void {
    location.hash = href(route);
  }
}
