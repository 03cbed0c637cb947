import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from '../../src/engines/server/within.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const HOUR = 3_600_000;

/** Work that ends only when it is told to. */
function silence(ms: number) {
  const stop = new AbortController();
  const limits = { ms, what: 'a question', signal: new AbortController().signal, stop };
  const work = within(limits, () => {
    return new Promise<never>((_, reject) => {
      stop.signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  });
  work.catch(() => undefined);
  return { work, stop };
}

it('is late after so many milliseconds', async () => {
  const { work, stop } = silence(120_000);
  await vi.advanceTimersByTimeAsync(119_000);
  expect(stop.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1_001);
  await expect(work).rejects.toMatchObject({ failure: { code: 'timed-out' } });
});

it('a machine that slept gives a server the time that it was awake', async () => {
  const { stop } = silence(120_000);
  await vi.advanceTimersByTimeAsync(20_000);
  vi.setSystemTime(Date.now() + 8 * HOUR);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(stop.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stop.signal.aborted).toBe(true);
});
