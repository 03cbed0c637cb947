/**
 * Notices that a worker is gone. A worker can end without any event (the browser reclaims its memory, a tool terminates
 * it), and a promise that waits for it would wait for ever. Two signs:
 *  - the worker holds a lock (Web Locks) for as long as it lives; the browser gives it to the page the moment the
 *    worker ends, even while the worker was deep in a computation. Exact, but only in secure contexts.
 *  - pings, answered between two tokens. One decode step or prefill may take minutes on a slow device, so only a long
 *    silence counts; this catches a worker that hangs.
 */

/** Prefill of 8,192 tokens with one WASM thread took about 3 minutes on a slow machine; four times that is a hang. */
const SILENCE_MS = 12 * 60_000;
const PING_MS = 5_000;

export interface Lifeline {
  /** Call for every message of the worker. */
  heard(): void;
  /** Call once the worker holds its lock: its first message says so. */
  close(): void;
}

export interface LifelineOptions {
  readonly lock: string;
  readonly ping: () => void;
  /** Called at most once, never after `close`. `how` is for the failure's detail. */
  readonly onDead: (how: string) => void;
  readonly silenceMs?: number;
}

export function watch({ lock, ping, onDead, silenceMs = SILENCE_MS }: LifelineOptions): Lifeline {
  const stop = new AbortController();
  let lastHeard = performance.now();
  let heardOnce = false;

  function die(how: string): void {
    if (stop.signal.aborted) return;
    stop.abort();
    onDead(how);
  }

  const timer = setInterval(
    () => {
      const silence = performance.now() - lastHeard;
      if (silence > silenceMs) die(`no sign of life for ${Math.round(silence / 1000)} s`);
      else ping();
    },
    Math.min(PING_MS, silenceMs),
  );
  stop.signal.addEventListener('abort', () => clearInterval(timer));

  /** The worker takes its lock before it says anything, so from its first message on the lock is the worker's. */
  function awaitLock(): void {
    if (!('locks' in navigator)) return;
    navigator.locks.request(lock, { signal: stop.signal }, () => die('the worker ended')).catch(() => undefined);
  }

  return {
    heard() {
      lastHeard = performance.now();
      if (heardOnce) return;
      heardOnce = true;
      awaitLock();
    },
    close: () => stop.abort(),
  };
}

/** The worker's end: resolves once the lock is held, and keeps it until the worker ends. */
export function holdLock(lock: string): Promise<void> {
  if (!('locks' in navigator)) return Promise.resolve();
  return new Promise((held, failed) => {
    navigator.locks
      .request(lock, () => {
        held();
        return new Promise<never>(() => undefined);
      })
      .catch(failed);
  });
}
