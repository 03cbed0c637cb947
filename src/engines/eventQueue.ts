/** Events that arrive when they like, read one after the other by a single reader. */
export interface EventQueue<T> {
  push(event: T): void;
  /** Drops what has not been read yet: the reader gets this event next. */
  replaceWith(event: T): void;
  next(): Promise<T>;
}

export function eventQueue<T>(): EventQueue<T> {
  let events: T[] = [];
  let wake: (() => void) | null = null;

  function wakeReader(): void {
    wake?.();
    wake = null;
  }

  return {
    push(event) {
      events.push(event);
      wakeReader();
    },
    replaceWith(event) {
      events = [event];
      wakeReader();
    },
    async next() {
      while (events.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return events.shift() as T;
    },
  };
}
