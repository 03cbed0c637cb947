import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textStream } from '../../src/engines/worker/textStream.ts';

/** A tokenizer of bytes: each token is one byte of UTF-8, as the smallest pieces of real ones are. */
function decodeBytes(ids: readonly number[]): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(ids));
}

/** Like SentencePiece: tokens are words with their space in front, and a text's first space is dropped. */
function decodeWords(ids: readonly number[]): string {
  return ids
    .map((id) => ` word${id}`)
    .join('')
    .replace(/^ /, '');
}

function stream(decode: (ids: number[]) => string, ids: readonly number[]): string[] {
  const text = textStream(decode);
  return [...ids.map((id) => text.add(id)), text.end()];
}

describe('the pieces of a text', () => {
  test('joined are the text, whatever characters it has and wherever tokens cut them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = [...new TextEncoder().encode(text)];
        expect(stream(decodeBytes, bytes).join('')).toBe(decodeBytes(bytes));
      }),
    );
  });

  test('never hold half a character', () => {
    const pieces = stream(decodeBytes, [...new TextEncoder().encode('a汉𝄞é')]);
    expect(pieces.filter((piece) => piece !== '')).toEqual(['a', '汉', '𝄞', 'é']);
  });

  test('keep the space in front of a word', () => {
    expect(stream(decodeWords, [1, 2, 3])).toEqual(['word1', ' word2', ' word3', '']);
  });

  test('end with a replacement where a character was never completed', () => {
    expect(stream(decodeBytes, [0x61, 0xe6, 0xb1]).join('')).toBe('a\uFFFD');
  });

  test('cost the same for each token, however long the text', () => {
    let longest = 0;
    const decode = (ids: number[]): string => {
      longest = Math.max(longest, ids.length);
      return decodeWords(ids);
    };
    stream(
      decode,
      Array.from({ length: 500 }, (_, i) => i),
    );
    expect(longest).toBeLessThanOrEqual(2);
  });
});
