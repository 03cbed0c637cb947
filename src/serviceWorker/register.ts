/** Called when a newer version of the site waits; `useIt` reloads this tab with it. */
export type OnUpdate = (useIt: () => void) => void;

function whenIdle(work: () => void): void {
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 5_000 });
  else setTimeout(work, 1_000);
}

function announce(registration: ServiceWorkerRegistration, onUpdate: OnUpdate): void {
  const { waiting } = registration;
  if (!waiting) return;
  onUpdate(() => {
    // Only the tab that was asked reloads; a run in another one goes on with the files of the build before.
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('activate');
  });
}

function watch(registration: ServiceWorkerRegistration, onUpdate: OnUpdate): void {
  announce(registration, onUpdate);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      // At the very first visit nothing was there to be updated.
      if (installing.state === 'installed' && navigator.serviceWorker.controller) announce(registration, onUpdate);
    });
  });
}

/**
 * Registers the service worker once the page is loaded and idle, so that it never delays the first use. Without one
 * (an old browser, plain http, a development server) the site works all the same, online.
 *
 * A new version is used when all tabs of the old one are closed, or earlier in a tab that calls what `onUpdate` got.
 *
 * Cross-origin isolation on a host that cannot send headers: the first visit is loaded without them and is not
 * isolated, so WebAssembly runs on one thread. From the next load on, the page itself comes from the service worker
 * with COOP and COEP, and `crossOriginIsolated` is true. The page is never reloaded for that by itself.
 */
export function registerServiceWorker(onUpdate: OnUpdate): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const register = () =>
    navigator.serviceWorker.register(new URL('sw.js', document.baseURI)).then(
      // Some programs that block service workers resolve with nothing instead of refusing.
      (registration: ServiceWorkerRegistration | undefined) => registration && watch(registration, onUpdate),
      (error: unknown) => console.warn('No offline use: the service worker could not be registered.', error),
    );
  const start = () => whenIdle(() => void register());
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start, { once: true });
}
