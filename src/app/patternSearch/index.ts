import * as v from 'valibot';
import type { PatternOrder } from './worker/worker.ts';

/** Longer than any search that a person would wait for, and shorter than a browser's own patience. */
const LIMIT_MS = 2_000;

export type PatternMatches =
  /** Places in `texts`. */
  | { readonly kind: 'matched'; readonly places: ReadonlySet<number> }
  /** It took longer than the limit and was ended. */
  | { readonly kind: 'stopped' };

const answer = v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));

/**
 * Which texts a valid pattern matches, found in a worker of its own. Rejects with the signal's reason where it is
 * aborted; an ended worker says nothing more.
 */
export function matchPattern(order: PatternOrder, signal: AbortSignal, limitMs = LIMIT_MS): Promise<PatternMatches> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module', name: 'pattern' });
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      worker.terminate();
    };
    const abort = (): void => {
      end();
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      end();
      resolve({ kind: 'stopped' });
    }, limitMs);
    signal.addEventListener('abort', abort);
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      end();
      resolve({ kind: 'matched', places: new Set(v.parse(answer, data)) });
    };
    worker.onerror = ({ message }) => {
      end();
      reject(new Error(message));
    };
    worker.postMessage(order);
  });
}
