import fc from 'fast-check';
import type * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { decodeHeader, decodeItem, decoder, problemText, type ItemRecord, type RunHeader } from '#domain';
import { runHeaderSchema, type itemRecordSchema } from '../../src/domain/schemas/run.ts';
import { arbitraryRun } from '../fixtures/arbitraryRun.ts';
import { sampleHeader, sampleItem } from '../fixtures/sampleRun.ts';

/** Flattens intersections and drops `readonly`, so that only what a value can be is compared. */
type Plain<T> = T extends string | number | boolean | null | undefined ? T : { -readonly [K in keyof T]: Plain<T[K]> };

test('the schemas describe the types of the domain, no less and no more (checked by tsc)', () => {
  expectTypeOf<Plain<v.InferOutput<typeof runHeaderSchema>>>().toEqualTypeOf<Plain<RunHeader>>();
  expectTypeOf<Plain<v.InferOutput<typeof itemRecordSchema>>>().toEqualTypeOf<Plain<ItemRecord>>();
});

describe('what a run stores', () => {
  test('is decoded to an equal value', () => {
    fc.assert(
      fc.property(arbitraryRun(), ({ header, items }) => {
        expect(decodeHeader(header)).toEqual({ ok: true, value: header });
        for (const item of items) expect(decodeItem(item)).toEqual({ ok: true, value: item });
      }),
    );
  });

  test.each<[string, unknown, string]>([
    ['nothing', null, 'schema'],
    ['a text', 'run', 'schema'],
    ['no version', { ...sampleHeader(), schema: undefined }, 'schema'],
    ['an id with a slash', sampleHeader({ id: '../x' }), 'id'],
    ['a time zone', sampleHeader({ startedAt: '2026-03-01T09:00:00+08:00' }), 'startedAt'],
    ['NaN seconds', sampleHeader({ seconds: Number.NaN }), 'seconds'],
    ['an unknown letter', sampleHeader({ verdicts: 'cx.' }), 'verdicts'],
    ['too few letters', sampleHeader({ verdicts: 'cc' }), 'verdicts must have one letter'],
    [
      'an unknown way of asking',
      { ...sampleHeader(), spec: { ...sampleHeader().spec, promptVariant: 'sung' } },
      'spec',
    ],
    ['an unknown device', withEnvironment({ device: 'tpu' }), 'environment.device'],
    ['a half adapter', withEnvironment({ adapter: { vendor: 'intel' } }), 'environment.adapter'],
  ])('is refused with the place named: %s', (_, input, place) => {
    const decoded = decodeHeader(input);
    expect(decoded.ok ? 'decoded' : problemText(decoded.problem)).toContain(place);
  });

  test('from before there were ways of asking was asked plainly', () => {
    const { promptVariant, ...spec } = sampleHeader().spec;
    expect(promptVariant).toBe('plain');
    expect(decodeHeader({ ...sampleHeader(), spec })).toEqual({ ok: true, value: sampleHeader() });
  });

  test('from before thinking was asked for has none of it, and is read as it is', () => {
    const { spec } = sampleHeader();
    expect(spec.thinking).toBeUndefined();
    const decoded = decodeHeader(JSON.parse(JSON.stringify(sampleHeader())));
    expect(decoded).toEqual({ ok: true, value: sampleHeader() });
    expect(decodeItem(JSON.parse(JSON.stringify(sampleItem(sampleHeader(), 0)))).ok).toBe(true);
  });

  test.each([
    ['thinking that is off, of a model that always thinks', { mode: 'off', control: 'always' }],
    ['thinking without a budget', { mode: 'on', control: 'template' }],
    ['thinking of an unknown kind', { mode: 'perhaps', control: 'template', budget: 1 }],
  ])('is refused: %s', (_, thinking) => {
    const decoded = decodeHeader({ ...sampleHeader(), spec: { ...sampleHeader().spec, thinking } });
    expect(decoded.ok ? 'decoded' : problemText(decoded.problem)).toContain('spec.thinking');
  });

  test('is refused where a verdict contradicts itself', () => {
    const item = sampleItem(sampleHeader(), 0);
    expect(decodeItem(item).ok).toBe(true);
    expect(decodeItem({ ...item, verdict: { ...item.verdict, correct: false } }).ok).toBe(false);
    expect(decodeItem({ ...item, index: -1 }).ok).toBe(false);
    expect(decodeItem({ ...item, index: 0.5 }).ok).toBe(false);
  });

  test('loses fields that no schema knows, and cannot reach a prototype', () => {
    const text = JSON.stringify(sampleHeader()).replace('{', '{"__proto__":{"polluted":1},"extra":1,');
    const decoded = decodeHeader(JSON.parse(text));
    expect(decoded).toEqual({ ok: true, value: sampleHeader() });
    expect(decoded.ok && 'polluted' in decoded.value).toBe(false);
  });
});

describe('versions', () => {
  // No older shape exists yet. This one is made up: a header that kept the model's name alone, and two steps to now.
  type Fields = Readonly<Record<string, unknown>>;
  const steps = {
    [-1]: (older: Fields) => ({ ...older, schema: 0, id: older.name, name: undefined }),
    0: ({ letters, ...older }: Fields) => ({ ...older, schema: 1, verdicts: letters }),
  };
  const decode = decoder(runHeaderSchema, 1, steps);
  const { verdicts, ...rest } = sampleHeader();

  test('an older value takes every step up to now', () => {
    const { id, ...nameless } = rest;
    expect(decode({ ...rest, schema: 0, letters: verdicts })).toEqual({ ok: true, value: sampleHeader() });
    expect(decode({ ...nameless, schema: -1, name: id, letters: verdicts })).toEqual({
      ok: true,
      value: sampleHeader(),
    });
  });

  test('what a step makes is checked like anything else, and a step that throws is a problem', () => {
    expect(decode({ ...rest, schema: 0, letters: 'cx.' })).toMatchObject({ problem: { kind: 'malformed' } });
    const throwing = decoder(runHeaderSchema, 1, {
      0: () => {
        throw new Error('no such field');
      },
    });
    expect(throwing({ schema: 0 })).toMatchObject({ ok: false, problem: { kind: 'malformed' } });
  });

  test('a gap in the steps is named', () => {
    const decoded = decode({ ...rest, schema: -5 });
    expect(decoded.ok ? '' : problemText(decoded.problem)).toContain('no migration from schema -5');
  });

  test('a newer value is told apart from a broken one', () => {
    const newer = { ...sampleHeader(), schema: 3, verdicts: { packed: true } };
    expect(decodeHeader(newer)).toEqual({ ok: false, problem: { kind: 'newer', found: 3, known: 1 } });
  });
});

function withEnvironment(change: Record<string, unknown>): unknown {
  const header = sampleHeader();
  return { ...header, environment: { ...header.environment, ...change } };
}
