import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fromBase64url, toBase64url } from '../../src/sharing/base64url.ts';
import { deflate, inflate } from '../../src/sharing/deflate.ts';

const LIMIT = 65_536;
const bytes = fc.uint8Array({ maxLength: 2_000 }).map((array) => new Uint8Array(array));

afterEach(() => vi.unstubAllGlobals());

/** Browsers of three kinds: with raw deflate, with streams that know only gzip, without any. */
const browsers: readonly [string, () => void][] = [
  ['the browser’s own', () => undefined],
  ['fflate, where raw deflate is unknown', () => refuseConstruction()],
  ['fflate, where there are no such streams', () => removeConstructors()],
];

describe.each(browsers)('deflate by %s', { timeout: 60_000 }, (_, become) => {
  test('comes back as it was, by itself and by any other', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const own = new Uint8Array(await deflate(content));
        become();
        const packed = new Uint8Array(await deflate(content));
        expect(await inflate(packed, LIMIT)).toEqual({ ok: true, bytes: content });
        expect(await inflate(own, LIMIT)).toEqual({ ok: true, bytes: content });
        vi.unstubAllGlobals();
        expect(await inflate(packed, LIMIT)).toEqual({ ok: true, bytes: content });
      }),
    );
  });

  test('takes what is exactly as long as the limit and no byte more', async () => {
    become();
    expect(await inflate(zeros(LIMIT), LIMIT)).toMatchObject({ ok: true });
    expect(await inflate(zeros(LIMIT + 1), LIMIT)).toEqual({ ok: false, because: 'too-large' });
    expect(await inflate(zeros(5_000_000), LIMIT)).toEqual({ ok: false, because: 'too-large' });
  });

  test('refuses what is no deflate stream, or half of one', async () => {
    become();
    const half = deflateSync(new Uint8Array(300).map((_, n) => n * n)).slice(0, 100);
    for (const packed of [new Uint8Array(), new Uint8Array([255, 255, 255]), new Uint8Array(half)]) {
      expect(await inflate(packed, LIMIT)).toEqual({ ok: false, because: 'not-deflate' });
    }
  });

  test('never throws, whatever the bytes', async () => {
    become();
    await fc.assert(
      fc.asyncProperty(bytes, async (packed) => {
        const inflated = await inflate(packed, 500);
        if (inflated.ok) expect(inflated.bytes.length).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('base64url', () => {
  test('comes back as it was, in characters that an address leaves alone', () => {
    fc.assert(
      fc.property(bytes, (content) => {
        const text = toBase64url(content);
        expect(text).toBe(Buffer.from(content).toString('base64url'));
        expect(fromBase64url(text)).toEqual(content);
      }),
    );
  });

  test.each(['A', 'AAAAA', 'ab=', 'ab==', 'a+b', 'a/b', 'a b', 'é', '\n'])('refuses %j', (text) => {
    expect(fromBase64url(text)).toBeNull();
  });
});

function zeros(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(deflateSync(new Uint8Array(length)));
}

function refuseConstruction(): void {
  const refuse = function (): never {
    throw new TypeError("Unsupported format 'deflate-raw'");
  };
  vi.stubGlobal('CompressionStream', refuse);
  vi.stubGlobal('DecompressionStream', refuse);
}

function removeConstructors(): void {
  vi.stubGlobal('CompressionStream', undefined);
  vi.stubGlobal('DecompressionStream', undefined);
}
