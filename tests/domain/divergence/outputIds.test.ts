import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countIds, decodeIds, decodeItem, encodeIds } from '#domain';
import { sampleHeader, sampleItem } from '../../fixtures/sampleRun.ts';

const ids = fc.array(fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 300_000 })), { maxLength: 60 });

it('gives back what it was given, and counts it', () => {
  fc.assert(
    fc.property(ids, (list) => {
      expect(decodeIds(encodeIds(list))).toEqual(list);
      expect(countIds(encodeIds(list))).toBe(list.length);
      expect(countIds(`${encodeIds(list)}g`)).toBe(list.length);
    }),
  );
});

it('writes digits of five bits, lowest first, as source maps do', () => {
  // 151643 = 4·32³ + 20·32² + 2·32 + 27: digits 27, 2, 20 with the sixth bit, then 4.
  expect(encodeIds([0, 31, 32, 151_643])).toBe('AfgB7i0E');
});

it('is checked when a record is read: an id that does not end is refused, and old records have none', () => {
  const item = sampleItem(sampleHeader(), 0);
  const read = (outputIds: string) => decodeItem({ ...item, outputIds });
  const written = encodeIds([1, 2000, 150_000]);
  expect(read(written)).toMatchObject({ ok: true, value: { outputIds: written } });
  expect(read('').ok).toBe(true);
  for (const wrong of ['g', 'A=', 'A B', 'é']) expect(read(wrong).ok, wrong).toBe(false);
  const old = decodeItem(item);
  expect(old.ok && 'outputIds' in old.value).toBe(false);
});

it('takes about as much room as the text: under four characters for a token', () => {
  const drawn = fc.sample(fc.nat({ max: 151_642 }), { numRuns: 4000, seed: 1 });
  expect(encodeIds(drawn).length / 4000).toBeLessThan(4);
});
