import { expect, test } from 'vitest';
import {
  bytesPerSecond,
  DownloadError,
  estimateDownload,
  notePace,
  retryDelayMs,
  trustIn,
  type Check,
  type Pace,
} from '#domain';

const busy = new DownloadError('server-error', 'https://example.test/f').failure;

test('pauses double, are half random, and end', () => {
  expect([1, 2, 3].map((n) => retryDelayMs(busy, n, 0))).toEqual([250, 500, 1_000]);
  expect(retryDelayMs(busy, 1, 0.999)).toBeCloseTo(500, 0);
  expect(retryDelayMs(busy, 6, 0)).toBeNull();
  expect(retryDelayMs(new DownloadError('not-found', 'https://example.test/f').failure, 1, 0)).toBeNull();
});

test('a server’s own word is kept, unless it asks for longer than a person would wait', () => {
  const asking = (ms: number) => new DownloadError('rate-limited', 'https://example.test/f', '', ms).failure;
  expect(retryDelayMs(asking(90_000), 1, 0.7)).toBe(90_000);
  expect(retryDelayMs(asking(3_600_000), 1, 0.7)).toBeNull();
});

test('the speed is that of the last seconds', () => {
  let pace: Pace = [];
  expect(bytesPerSecond(notePace(pace, { at: 0, bytes: 5 }))).toBeNull();
  // 1 MB/s for 20 s, in pieces of 10 ms; then 100 kB/s for 20 s.
  let bytes = 0;
  for (let at = 0; at <= 40_000; at += 10) {
    bytes += at < 20_000 ? 10_000 : 1_000;
    pace = notePace(pace, { at, bytes });
    if (at === 20_000) expect(bytesPerSecond(pace)).toBeCloseTo(1_000_000, -4);
  }
  expect(bytesPerSecond(pace)).toBeCloseTo(100_000, -3);
  expect(pace.length).toBeLessThan(50);
});

test('an estimate says nothing that nobody knows', () => {
  expect(estimateDownload(2_400, { quota: 10_000, usage: 4_500 }, 100)).toEqual({
    bytes: 2_400,
    seconds: 24,
    freeAfter: 3_100,
  });
  expect(estimateDownload(2_400, { quota: null, usage: null }, null)).toEqual({
    bytes: 2_400,
    seconds: null,
    freeAfter: null,
  });
  expect(estimateDownload(6_000, { quota: 10_000, usage: 4_500 }, 0).freeAfter).toBe(-500);
});

test('trust is that of the weakest file', () => {
  const pinned: Check = { kind: 'sha256', hex: 'a', from: 'catalogue' };
  const listed: Check = { kind: 'git', hex: 'b' };
  const trust = (...checks: (Check | null)[]): string => trustIn(checks.map((check) => ({ check })));
  expect(trust(pinned, pinned)).toBe('pinned');
  expect(trust(pinned, listed)).toBe('listed');
  expect(trust(pinned, listed, null)).toBe('first-use');
});
