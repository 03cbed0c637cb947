import { expect, it } from 'vitest';
import { keepAwake } from '../../src/app/keepAwake.ts';

class Document extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
}

function screen(refuses = false) {
  const locks = { asked: 0, held: 0 };
  const wakeLock = {
    request: () => {
      locks.asked += 1;
      if (refuses) return Promise.reject(new DOMException('no', 'NotAllowedError'));
      locks.held += 1;
      return Promise.resolve({
        release: () => {
          locks.held -= 1;
          return Promise.resolve();
        },
      });
    },
  };
  return { locks, navigator: { wakeLock }, document: new Document() };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

it('holds the lock until the end, and asks again when the tab comes back', async () => {
  const { locks, ...outside } = screen();
  const over = new AbortController();
  keepAwake(over.signal, outside);
  await settled();
  expect(locks).toEqual({ asked: 1, held: 1 });
  outside.document.visibilityState = 'hidden';
  outside.document.dispatchEvent(new Event('visibilitychange'));
  await settled();
  expect(locks.asked).toBe(1);
  outside.document.visibilityState = 'visible';
  outside.document.dispatchEvent(new Event('visibilitychange'));
  await settled();
  expect(locks.asked).toBe(2);
  over.abort();
  outside.document.dispatchEvent(new Event('visibilitychange'));
  await settled();
  expect(locks).toEqual({ asked: 2, held: 0 });
});

it('gives back a lock that comes after the end', async () => {
  const { locks, ...outside } = screen();
  const over = new AbortController();
  keepAwake(over.signal, outside);
  over.abort();
  await settled();
  expect(locks).toEqual({ asked: 1, held: 0 });
});

it('is silent where the lock is refused or unknown', async () => {
  const { locks, ...outside } = screen(true);
  const over = new AbortController();
  keepAwake(over.signal, outside);
  keepAwake(over.signal, { navigator: {}, document: new Document() });
  await settled();
  expect(locks).toEqual({ asked: 1, held: 0 });
});
