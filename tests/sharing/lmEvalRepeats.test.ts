import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  failure,
  majorityFigures,
  repeatFigures,
  sha256Hex,
  suiteRef,
  type Suite,
  type RunHeader,
  type Verdict,
} from '#domain';
import { REPEATS_ARCHIVES, type RepeatsRecord } from '#sharing';
import type { RunRecord } from '../../src/sharing/record.ts';
import { hasLmEval, readByLmEval } from '../../tools/formats/lmEval.ts';
import { afterItems, CORRECT, sampleHeader, sampleItem, WRONG as SAMPLE_WRONG } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const [archive] = REPEATS_ARCHIVES;
const small = sampleSuite();
/** Twelve items. */
const suite: Suite = {
  ...small,
  items: Array.from({ length: 4 }, (_, n) => small.items.map((item) => ({ ...item, id: `${item.id}-${n}` }))).flat(),
};
const REPEATS = 5;
/** With an answer of its own. */
const WRONG: Verdict =
  SAMPLE_WRONG.kind === 'graded' ? { ...SAMPLE_WRONG, answer: { ...SAMPLE_WRONG.answer, text: '5816' } } : SAMPLE_WRONG;
const UNSCORED: Verdict = { kind: 'unscored', failure: failure('gpu-error') };

/** How many repeats have which item right; which ones, changes from item to item. */
const RIGHT = [0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 0];
const isRight = (item: number, run: number): boolean => (run + item) % REPEATS < (RIGHT[item] ?? 0);
/** The last item was not scored in one of the repeats: it is no document. */
const scored = suite.items.length - 1;

function repeat(run: number): RunRecord {
  const base = sampleHeader({ id: `run-${run}`, state: { kind: 'finished' } });
  const header: RunHeader = {
    ...base,
    startedAt: `2026-03-01T0${9 - run}:00:00.000Z`,
    updatedAt: `2026-03-01T10:0${run}:00.250Z`,
    seconds: 10 + run,
    verdicts: '.'.repeat(suite.items.length),
    spec: {
      ...base.spec,
      suite: suiteRef(suite),
      itemIds: suite.items.map(({ id }) => id),
      sampling: {
        kind: 'sampled',
        temperature: 0.7,
        topP: 1,
        topK: null,
        minP: 0,
        repetitionPenalty: 1,
        seed: 7 + run,
      },
    },
  };
  const items = suite.items.map(({ id }, index) =>
    sampleItem(header, index, {
      ...{ runId: header.id, itemId: id, prompt: `提示 ${index}\u2028`, output: `out ${index} ${run}` },
      verdict: index === scored && run === 2 ? UNSCORED : isRight(index, run) ? CORRECT : WRONG,
    }),
  );
  // Its time of update is that of the last item.
  return {
    header: { ...afterItems(header, items), updatedAt: header.updatedAt, seconds: header.seconds },
    items,
    suite,
  };
}

function group(repeats = REPEATS): RepeatsRecord {
  const [first, ...others] = Array.from({ length: repeats }, (_, run) => repeat(run));
  if (first === undefined) throw new Error('no run');
  const runs = [first, ...others] as const;
  const figures = repeatFigures(
    runs.map(({ header }) => header),
    suite,
  );
  if (figures === null) throw new Error('no figures');
  const keys = figures.items.map(({ index }) => runs.map((_, run) => (isRight(index, run) ? 'right' : 'wrong')));
  return { runs, suite, figures, majority: majorityFigures(keys) };
}

function filesOf(of: RepeatsRecord) {
  const files = archive?.files(of) ?? [];
  const [results = '', samples = ''] = files.map(({ text }) => text);
  return {
    files,
    results: JSON.parse(results) as Record<string, Record<string, Record<string, unknown>>>,
    samples: samples
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** Every subset of k of the repeats, counted one by one: neither formula nor code of ours. */
function countedSubsets(item: number, k: number): { any: number; all: number } {
  let [any, all, sets] = [0, 0, 0];
  for (let mask = 0; mask < 2 ** REPEATS; mask += 1) {
    const chosen = Array.from({ length: REPEATS }, (_, run) => run).filter((run) => (mask & (1 << run)) !== 0);
    if (chosen.length !== k) continue;
    sets += 1;
    if (chosen.some((run) => isRight(item, run))) any += 1;
    if (chosen.every((run) => isRight(item, run))) all += 1;
  }
  return { any: any / sets, all: all / sets };
}

const textOf = (verdict: Verdict): string => (verdict.kind === 'graded' ? verdict.answer.text : '');

const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const items = Array.from({ length: scored }, (_, item) => item);

describe('repeats for lm-evaluation-harness', () => {
  const { results, samples, files } = filesOf(group());
  const figures = results.results?.tabeval_reading ?? {};

  it('are one document with as many texts as there are repeats', () => {
    const [first] = samples;
    expect(first?.resps).toEqual([['out 0 0', 'out 0 1', 'out 0 2', 'out 0 3', 'out 0 4']]);
    const answers = [0, 1, 2, 3, 4].map((run) => textOf(isRight(1, run) ? CORRECT : WRONG));
    expect(new Set(answers).size).toBe(2);
    expect(samples[1]?.filtered_resps).toEqual([answers]);
    expect(samples[1 + scored]?.filtered_resps).toEqual([[textOf(WRONG)]]);
    expect(first?.runs).toEqual(['run-0', 'run-1', 'run-2', 'run-3', 'run-4']);
    expect(samples.map(({ filter }) => filter)).toEqual([...items.map(() => 'tabeval'), ...items.map(() => 'maj@5')]);
    expect(results.configs?.tabeval_reading).toMatchObject({
      repeats: REPEATS,
      filter_list: [{ name: 'tabeval' }, { name: 'maj@5', filter: [{}, { function: 'majority_vote' }] }],
      generation_kwargs: { do_sample: true, temperature: 0.7 },
    });
  });

  it('have figures that a count of all subsets of the repeats gives too', () => {
    const right = (item: number): number => [0, 1, 2, 3, 4].filter((run) => isRight(item, run)).length;
    expect(items.map(right)).toEqual(RIGHT.slice(0, scored));
    expect(figures['exact_match,tabeval']).toBeCloseTo(average(items.map((item) => right(item) / REPEATS)), 12);
    for (const k of [1, 2, 4, 5]) {
      expect(figures[`pass@${k},tabeval`]).toBeCloseTo(average(items.map((item) => countedSubsets(item, k).any)), 12);
      expect(figures[`pass^${k},tabeval`]).toBeCloseTo(average(items.map((item) => countedSubsets(item, k).all)), 12);
    }
    expect(figures['exact_match,maj@5']).toBeCloseTo(average(items.map((item) => (right(item) >= 3 ? 1 : 0))), 12);
    expect(Object.keys(figures).filter((key) => key.startsWith('pass') && !key.includes('stderr'))).toHaveLength(8);
  });

  it('say what was left out, when they were made, and have every hash', () => {
    expect(results['n-samples']).toEqual({ tabeval_reading: { original: 12, effective: 11 } });
    expect(figures.sample_len).toBe(11);
    expect(results).toMatchObject({
      date: Date.parse('2026-03-01T05:00:00Z') / 1000,
      total_evaluation_time_seconds: '60',
      config: { random_seed: 7 },
      tabeval: { left_out: 1, runs: [7, 8, 9, 10, 11].map((seed) => ({ seed })) },
    });
    expect(files.map(({ path }) => path.split('/')[1])).toEqual([
      'results_2026-03-01T10-04-00.250000.json',
      'samples_tabeval_reading_2026-03-01T10-04-00.250000.jsonl',
    ]);
    const prompt = sha256Hex('提示 3\u2028');
    expect(samples[3]).toMatchObject({ prompt_hash: prompt, prompt_hashes: [prompt, prompt, prompt, prompt, prompt] });
    const all = samples.map((s) => `${String(s.doc_hash)}${String(s.prompt_hash)}${String(s.target_hash)}`).join('');
    expect(results.task_hashes).toEqual({ tabeval_reading: sha256Hex(all) });
  });

  it('are one text for each document where there is one repeat, without a vote', () => {
    const one = filesOf(group(1));
    expect(one.samples.map(({ resps }) => resps)).toEqual(items.concat(scored).map((item) => [[`out ${item} 0`]]));
    expect(Object.keys(one.results.results?.tabeval_reading ?? {}).filter((key) => key.includes(','))).toEqual([
      'exact_match,tabeval',
      'exact_match_stderr,tabeval',
    ]);
  });

  it('need the questions', () => {
    expect(() => archive?.files({ ...group(), suite: null })).toThrow('suite-missing');
  });
});

/** `npx tsx tools/formats/main.ts` sets it up; it is too large to be fetched by a test. */
describe.skipIf(!hasLmEval())('repeats read by lm-eval itself (skipped where it is not set up)', () => {
  it('are taken by its readers, and its own functions come to the same figures', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'tabeval-lm-eval-'));
    try {
      const { files, results } = filesOf(group());
      for (const { path, text } of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const reading = readByLmEval(folder);
      expect(reading).toMatchObject({ task: 'tabeval_reading', unknown: ['tabeval'], missing: [] });
      expect(reading.hashes).toEqual(Array.from({ length: 2 * scored }, () => true));
      expect(reading.task_hash).toBe(reading.written_task_hash);
      expect(reading.outputs).toEqual(Array.from({ length: 2 * scored }, () => REPEATS));
      const written = Object.entries(results.results?.tabeval_reading ?? {}).filter(([key]) => key.includes(','));
      expect(Object.keys(reading.aggregated).sort()).toEqual(written.map(([key]) => key).sort());
      for (const [key, value] of written) expect(reading.aggregated[key]).toBeCloseTo(Number(value), 12);
      expect(reading.table).toMatch(/\|maj@5 +\| +0\|exact_match\|↑ +\|/);
      expect(reading.table).toMatch(/\|tabeval\| +0\|pass@4 +\|↑ +\|/);
      expect(reading.card).toContain('pass@5,tabeval');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
