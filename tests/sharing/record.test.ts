import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suiteHash, suiteRef, type RunHeader } from '#domain';
import { fileName, LONGEST_RECORD, readRecord, RUN_FORMATS, type RecordProblem, type RunRecord } from '#sharing';
import { memoryResultStore } from '#storage';
import { arbitraryRun } from '../fixtures/arbitraryRun.ts';
import { afterItems, sampleHeader, sampleItem, WRONG } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const WORDS = { item: 'Item', answer: 'Answer', result: 'Result', judged: 'By hand' };
const [recordFormat] = RUN_FORMATS;
const write = (record: RunRecord): string => recordFormat.write(record, WORDS);

test('what is read back is what was written, marked as imported', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRun(), async ({ header, items }) => {
      const read = readRecord(write({ header, items, suite: null }));
      expect(read).toEqual({ ok: true, record: { header: { ...header, origin: 'imported' }, items, suite: null } });
      if (read.ok) expect(await memoryResultStore().addRun(read.record.header, read.record.items)).toBe('added');
    }),
  );
});

test('the suite travels along, and must be the one that was asked', () => {
  const suite = sampleSuite();
  const record = sampleRecord({ suite: suiteRef(suite) });
  const read = readRecord(write({ ...record, suite }));
  expect(read.ok && read.record.suite).toEqual(suite);
  const other = { ...suite, version: '1.0.1' };
  expect(suiteHash(other)).not.toBe(suiteHash(suite));
  expect(problemOf(write({ ...record, suite: other }))).toMatchObject({ code: 'disagrees' });
});

test('what people judged travels along, and must be of this run', () => {
  const record = sampleRecord();
  const judged = { schema: 1, judged: 'wrong', note: '', judgedAt: '2026-03-02T10:00:00.000Z' } as const;
  const overrides = [{ ...judged, runId: record.header.id, index: 0 }];
  const read = readRecord(write({ ...record, overrides }));
  expect(read.ok && read.record.overrides).toEqual(overrides);
  const foreign = [{ ...judged, runId: 'another', index: 0 }];
  expect(problemOf(write({ ...record, overrides: foreign }))).toMatchObject({ code: 'disagrees' });
  const nowhere = [{ ...judged, runId: record.header.id, index: 99 }];
  expect(problemOf(write({ ...record, overrides: nowhere }))).toMatchObject({ code: 'disagrees' });
  expect(problemOf(write({ ...record, overrides: [...overrides, ...overrides] }))).toMatchObject({ code: 'disagrees' });
});

test('a run that was going on when it was written is a stopped one here', () => {
  const read = readRecord(write({ ...sampleRecord(), header: sampleHeader({ verdicts: 'ci.' }) }));
  expect(read.ok && read.record.header.state).toEqual({ kind: 'stopped' });
});

test('a byte order mark, as editors leave one, does no harm', () => {
  expect(readRecord(`\ufeff${write(sampleRecord())}`).ok).toBe(true);
});

describe('a file that is refused says why', () => {
  test('longer than anything of ours, before it is parsed', () => {
    const text = ' '.repeat(LONGEST_RECORD + 1);
    expect(problemOf(text)).toEqual({ code: 'too-long', length: LONGEST_RECORD + 1, limit: LONGEST_RECORD });
  });

  test.each<[string, string, string]>([
    ['nothing', '', 'not-json'],
    ['half a file', write(sampleRecord()).slice(0, 500), 'not-json'],
    ['a list', '[]', 'not-a-record'],
    ['null', 'null', 'not-a-record'],
    ['a suite', JSON.stringify(sampleSuite()), 'not-a-record'],
    ['a newer file', changed(['schema'], 2), 'newer-version'],
    ['a newer header', changed(['header', 'schema'], 7), 'newer-version'],
    ['no version', changed(['schema'], null), 'wrong-shape'],
    ['no items', changed(['items'], {}), 'wrong-shape'],
    ['a wrong header', changed(['header', 'seconds'], 'long'), 'wrong-shape'],
    ['a wrong item', changed(['items', 1, 'verdict'], { kind: 'perfect' }), 'wrong-shape'],
    ['a wrong suite', changed(['suite'], { format: 'tabeval-suite' }), 'wrong-shape'],
    ['an item of another run', changed(['items', 1, 'runId'], 'other'), 'disagrees'],
    ['an item twice', changed(['items', 2], sampleRecord().items[1]), 'disagrees'],
    ['an item beyond the last', changed(['items', 1, 'index'], 3), 'disagrees'],
    ['an item under another id', changed(['items', 1, 'itemId'], 'tbl-hk-01'), 'disagrees'],
    ['letters that flatter', changed(['header', 'verdicts'], 'cc.'), 'disagrees'],
  ])('%s: %3$s', (_, text, code) => {
    expect(problemOf(text)).toMatchObject({ code });
  });

  test('and names the place', () => {
    const text = changed(['items', 1, 'timing'], { firstTokenMs: -1, decodeMs: 0 });
    expect(problemOf(text)).toMatchObject({ at: [expect.stringContaining('items[1].timing.firstTokenMs')] });
  });

  test('a key that reaches for a prototype reaches nothing', () => {
    const text = write(sampleRecord()).replace('"header": {', '"header": {"__proto__": {"polluted": true},');
    const read = readRecord(text);
    expect(read.ok && 'polluted' in read.record.header).toBe(false);
    expect(read.ok).toBe(true);
    expect('polluted' in {}).toBe(false);
  });

  test('never by throwing: a file with one piece replaced', () => {
    const text = write(sampleRecord());
    const piece = fc.tuple(fc.nat(text.length), fc.nat(40), fc.oneof(fc.string(), fc.json({ maxDepth: 2 })));
    fc.assert(
      fc.property(piece, ([at, length, insert]) => {
        const read = readRecord(text.slice(0, at) + insert + text.slice(at + length));
        if (read.ok) expect(read.record.header.origin).toBe('imported');
      }),
      { numRuns: 2_000 },
    );
  });
});

test('file names have no path in them', () => {
  const header = sampleHeader();
  expect(fileName(header, recordFormat)).toBe('tabeval_SmolLM2-135M-Instruct-q4_reading_2026-03-01.json');
  const model = { ...header.spec.model, name: '../../通义 千问/1.5B: "chat"' };
  const name = fileName({ ...header, spec: { ...header.spec, model } }, recordFormat);
  expect(name).toBe('tabeval_..-..-通义-千问-1.5B-chat--q4_reading_2026-03-01.json');
});

function sampleRecord(spec: Partial<RunHeader['spec']> = {}): RunRecord {
  const start = sampleHeader({ state: { kind: 'finished' } });
  const header = { ...start, spec: { ...start.spec, ...spec } };
  const items = [sampleItem(header, 0), sampleItem(header, 1, { verdict: WRONG })];
  return { header: afterItems(header, items), items, suite: null };
}

/** The sample's file with the value at `path` replaced. */
function changed(path: readonly (string | number)[], value: unknown): string {
  type Fields = Record<string | number, unknown>;
  const file = JSON.parse(write(sampleRecord())) as Fields;
  const parent = path.slice(0, -1).reduce<Fields>((inner, key) => inner[key] as Fields, file);
  parent[path.at(-1) ?? ''] = value;
  return JSON.stringify(file);
}

function problemOf(text: string): RecordProblem | null {
  const read = readRecord(text);
  return read.ok ? null : read.problem;
}
