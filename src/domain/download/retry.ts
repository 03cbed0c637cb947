import type { DownloadFailure } from './failure.ts';

/** Tries in a row that brought not one byte. */
const MOST_TRIES = 6;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A server that asks for a longer pause is not waited for: the person is told how long, and decides. */
const LONGEST_ASKED_MS = 120_000;

/**
 * Milliseconds until the next try; null: give up. Doubles with each try that brought nothing; half of it is random, so
 * that many pages which lost the same server do not come back at the same moment.
 * @param fruitless tries in a row without a byte, this one included; at least 1
 * @param random in [0, 1)
 */
export function retryDelayMs(failure: DownloadFailure, fruitless: number, random: number): number | null {
  if (!failure.retryable || fruitless >= MOST_TRIES) return null;
  const { retryAfterMs } = failure;
  if (retryAfterMs !== null) return retryAfterMs <= LONGEST_ASKED_MS ? retryAfterMs : null;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (fruitless - 1));
  return wait * (0.5 + random / 2);
}
