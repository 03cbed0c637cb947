import { LOADING, settle, type Loadable } from './loadable.ts';

/** An answer that comes later, and is asked for again when what the question reads has changed. */
export interface Resource<T> {
  /** The last answer, while a newer one is on its way. */
  readonly current: Loadable<T>;
  /** Asks the same again. */
  reload(): void;
}

/** Call while a component is set up: it ends with the component. Answers that were overtaken are dropped. */
export function resource<T>(ask: () => Promise<T>): Resource<T> {
  let current = $state.raw<Loadable<T>>(LOADING);
  let asked = $state(0);
  $effect(() => {
    void asked;
    let wanted = true;
    void settle(ask()).then((answer) => {
      if (wanted) current = answer;
    });
    return () => {
      wanted = false;
    };
  });
  return {
    get current() {
      return current;
    },
    reload: () => {
      asked += 1;
    },
  };
}
