import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { failure, sha256Hex, suiteRef, type Verdict } from '#domain';
import { packed, RUN_ARCHIVES, type RunRecord } from '#sharing';
import { hasLmEval, readByLmEval } from '../../tools/formats/lmEval.ts';
import { afterItems, CORRECT, sampleHeader, sampleItem, WRONG } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const suite = sampleSuite();
const [archive] = RUN_ARCHIVES;

const AT = '2026-03-01T09-05-00.250000';
const FOLDER = 'HuggingFaceTB__SmolLM2-135M-Instruct';
const RESULTS = `${FOLDER}/results_${AT}.json`;
const SAMPLES = `${FOLDER}/samples_tabeval_reading_${AT}.jsonl`;

function record(verdicts: readonly Verdict[]): RunRecord {
  const { spec } = sampleHeader();
  const empty = sampleHeader({
    spec: { ...spec, suite: suiteRef(suite) },
    updatedAt: '2026-03-01T09:05:00.250Z',
    seconds: 4.5,
  });
  const items = verdicts.map((verdict, n) =>
    sampleItem(empty, n, { verdict, prompt: `提示 “${n}”\n\t</s> \u007f\u2028` }),
  );
  return { header: afterItems(empty, items), items, suite };
}

function filesOf(run: RunRecord): ReadonlyMap<string, string> {
  return new Map(archive?.files(run).map(({ path, text }) => [path, text]));
}

const UNSCORED: Verdict = { kind: 'unscored', failure: failure('gpu-error') };
const CUT: Verdict = { kind: 'truncated', where: 'thinking', notes: [] };

describe('the export for lm-evaluation-harness', () => {
  const files = filesOf(record([CORRECT, WRONG, CUT]));
  const results = JSON.parse(files.get(RESULTS) ?? 'null') as Record<string, Record<string, unknown>>;
  const samples = (files.get(SAMPLES) ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);

  test('has the two files under lm-eval’s names', () => {
    expect([...files.keys()]).toEqual([RESULTS, SAMPLES]);
  });

  test('says mean and standard error, and how many items were asked', () => {
    expect(results.results?.tabeval_reading).toMatchObject({
      sample_len: 3,
      'exact_match,tabeval': 1 / 3,
      // √(p(1−p)/(n−1)) for p = 1/3, n = 3.
      'exact_match_stderr,tabeval': expect.closeTo(1 / 3, 12) as number,
    });
    expect(results['n-samples']).toEqual({ tabeval_reading: { original: 3, effective: 3 } });
    expect(results.total_evaluation_time_seconds).toBe('4.5');
    expect(results.date).toBe(Date.parse('2026-03-01T09:00:00Z') / 1000);
  });

  test('says of which run and suite each sample is, and what a person judged of it', () => {
    const run = record([CORRECT, WRONG]);
    const override = { schema: 1, runId: run.header.id, index: 1, judged: 'right', note: 'yes', judgedAt: AT } as const;
    const [first, second] = (filesOf({ ...run, overrides: [override] }).get(SAMPLES) ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const source = { run: run.header.id, suite_hash: run.header.spec.suite.hash };
    expect(first).toMatchObject({ ...source, judged_by_hand: null, judgement_note: null });
    expect(second).toMatchObject({ ...source, judged_by_hand: 'right', judgement_note: 'yes', exact_match: 0 });
  });

  test('has every hash', () => {
    expect(samples[0]?.prompt_hash).toBe(sha256Hex(`提示 “0”\n\t</s> \u007f\u2028`));
    expect(samples[2]?.target_hash).toBe(sha256Hex('on the roof'));
    const all = samples.map((s) => `${s.doc_hash}${s.prompt_hash}${s.target_hash}`).join('');
    expect(results.task_hashes).toEqual({ tabeval_reading: sha256Hex(all) });
    expect(results.chat_template_sha).toBe('01'.repeat(32));
  });

  test('leaves out what the engine failed at, and says how many that were', () => {
    const some = filesOf(record([CORRECT, UNSCORED, WRONG]));
    expect((some.get(SAMPLES) ?? '').trim().split('\n')).toHaveLength(2);
    expect(JSON.parse(some.get(RESULTS) ?? 'null')).toMatchObject({
      results: { tabeval_reading: { 'exact_match,tabeval': 0.5, sample_len: 2 } },
      'n-samples': { tabeval_reading: { original: 3, effective: 2 } },
      tabeval: { unscored: 1 },
    });
  });

  test('needs the questions', () => {
    expect(() => filesOf({ ...record([CORRECT]), suite: null })).toThrow('suite-missing');
  });

  test('is packed as it is', async () => {
    const texts = archive?.files(record([CORRECT])) ?? [];
    const unpacked = Object.entries(unzipSync(await packed(texts))).map(([path, bytes]) => ({
      path,
      text: strFromU8(bytes),
    }));
    expect(unpacked).toEqual(texts);
  });
});

/** `npx tsx tools/formats/main.ts` sets it up; it is too large to be fetched by a test. */
describe.skipIf(!hasLmEval())('read by lm-eval itself (skipped where it is not set up: tools/formats/main.ts)', () => {
  test('is taken by its readers, and every hash is the one that it computes', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'tabeval-lm-eval-'));
    try {
      for (const [path, text] of filesOf(record([CORRECT, WRONG, CUT]))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const reading = readByLmEval(folder);
      expect(reading).toMatchObject({
        version: '0.4.13',
        task: 'tabeval_reading',
        folder: FOLDER,
        unknown: ['tabeval'],
        missing: [],
        hashes: [true, true, true],
        mean: 1 / 3,
      });
      expect(reading.task_hash).toBe(reading.written_task_hash);
      expect(reading.loaded.map(([docId, target, , score]) => [docId, target, score])).toEqual([
        [0, '5', 1],
        [1, '56', 0],
        [2, 'on the roof', 0],
      ]);
      expect(reading.table).toContain('|tabeval_reading|1.0.0  |tabeval|     0|exact_match|↑  |0.3333|±  |0.3333|');
      expect(reading.card).toContain('exact_match,tabeval');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
