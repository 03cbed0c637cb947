import { describe, expect, it } from 'vitest';
import {
  compareRepeats,
  groupRepeats,
  LEAST_PASSAGES,
  majorityFigures,
  minimumDetectableEffect,
  mulberry32,
  repeatFigures,
  repeatsFrom,
  repeatsOf,
  RIGHT,
  samplingOfItem,
  type RunHeader,
  type Sampled,
  type Suite,
  type Verdict,
} from '#domain';
import { answerKey } from '#domain/grading';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';
import { CORRECT } from '../fixtures/sampleRun.ts';

const SAMPLED: Sampled = {
  kind: 'sampled',
  temperature: 0.7,
  topP: 0.8,
  topK: 20,
  minP: 0,
  repetitionPenalty: 1,
  seed: 1,
};

function drawn(verdicts: string, seed: number, change: Partial<RunHeader> = {}): RunHeader {
  return runHeader(verdicts, { ...change, id: `seed-${seed}`, spec: { sampling: { ...SAMPLED, seed } } });
}

/** Runs of which item i is right in the first `correct[i]` of `repeats` runs, turned so that no run is like another. */
function runsOf(correct: readonly number[], repeats: number): [RunHeader, ...RunHeader[]] {
  const runs = Array.from({ length: repeats }, (_, run) =>
    drawn(correct.map((c, item) => ((run + item) % repeats < c ? 'c' : 'i')).join(''), run + 1),
  );
  return runs as [RunHeader, ...RunHeader[]];
}

/** A suite whose item i stands on passage `passages[i]`. */
function suiteOf(passages: readonly number[]): Suite {
  const [item] = sampleSuite().items;
  if (item === undefined) throw new Error('the sample suite is empty');
  return { ...sampleSuite(), items: passages.map((p, i) => ({ ...item, id: `i${i}`, passage: `p${p}` })) };
}

// 12 items on 6 passages, 5 repeats. The figures that are expected of them were made with NumPy 2 and SciPy 1.17.
const COUNTS = [5, 3, 0, 2, 5, 1, 4, 0, 0, 3, 2, 5];
const PASSAGES = [0, 0, 0, 1, 1, 2, 3, 3, 4, 4, 4, 5];

describe('samplings', () => {
  it('differ in nothing but the seed, which goes on past the highest', () => {
    const seeds = repeatsFrom({ ...SAMPLED, seed: 2 ** 32 - 2 }, 4);
    expect(seeds.map((s) => (s.kind === 'sampled' ? s.seed : null))).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0, 1]);
    expect(seeds[3]).toEqual({ ...SAMPLED, seed: 1 });
    expect(repeatsFrom({ kind: 'greedy' }, 2)).toEqual([{ kind: 'greedy' }, { kind: 'greedy' }]);
  });

  it('give each item a seed of its own, always the same', () => {
    const of = (item: string, seed: number) => samplingOfItem({ ...SAMPLED, seed }, item);
    expect(of('a', 1)).toEqual(of('a', 1));
    expect(of('a', 1)).not.toEqual(of('b', 1));
    expect(of('a', 1)).not.toEqual(of('a', 2));
    expect(of('a', 1)).toEqual({ ...SAMPLED, seed: 0x139ae841 });
    expect(samplingOfItem({ kind: 'greedy' }, 'a')).toEqual({ kind: 'greedy' });
    for (let seed = 0; seed < 500; seed += 1) {
      const item = of('x', seed);
      expect(item.kind === 'sampled' && item.seed < 2 ** 31 && item.seed >= 0).toBe(true);
    }
  });
});

describe('repeatsOf', () => {
  it('takes runs with equal specs but for the seed, finished ones, one for each seed, by seed', () => {
    const [a, b, c] = [drawn('ci', 3), drawn('cc', 1), drawn('c.', 2)];
    const twin = { ...drawn('cc', 1, { startedAt: '2026-02-01T00:00:00.000Z' }), id: 'twin' };
    const greedy = runHeader('ci', { id: 'greedy' });
    const hotter = runHeader('ci', { id: 'hotter', spec: { sampling: { ...SAMPLED, temperature: 1, seed: 9 } } });
    const slower = { ...drawn('ii', 7), environment: { ...a.environment, device: 'webgpu' as const } };
    const imported = { ...drawn('ii', 8), origin: 'imported' as const };
    const found = repeatsOf(a, [a, b, c, twin, greedy, hotter, slower, imported]);
    expect(found.runs.map(({ id }) => id)).toEqual(['seed-1', 'seed-3']);
    expect(found.again.map((pair) => pair.map(({ id }) => id))).toEqual([['seed-1', 'twin']]);
    expect(found.unfinished.map(({ id }) => id)).toEqual(['seed-2']);
    expect(groupRepeats([a, greedy, b]).map(({ runs }) => runs.length)).toEqual([2, 1]);
  });

  it('knows a greedy run that was made again', () => {
    const [first, second] = [runHeader('ci', { id: 'one' }), runHeader('cc', { id: 'two' })];
    const found = repeatsOf(second, [first, second]);
    expect(found.runs).toHaveLength(1);
    expect(found.again).toHaveLength(1);
  });
});

describe('repeatFigures', () => {
  const figures = repeatFigures(runsOf(COUNTS, 5), suiteOf(PASSAGES));

  it('gives mean, error by passages, interval and the share of drawing as NumPy does', () => {
    expect(figures?.mean).toBeCloseTo(0.5, 12);
    expect(figures?.error).toBeCloseTo(0.0816496580927726, 12);
    expect(figures?.interval.low).toBeCloseTo(0.29011287202, 9);
    expect(figures?.interval.high).toBeCloseTo(0.70988712798, 9);
    expect(figures?.drawing).toBeCloseTo(1 / 3, 12);
    expect(figures?.clusters).toBe(6);
  });

  it('gives pass@k and pass^k as binomial coefficients do', () => {
    expect(figures?.pass.map(({ k }) => k)).toEqual([1, 2, 4, 5]);
    [0.5, 19 / 30, 11 / 15, 0.75].forEach((any, n) => expect(figures?.pass[n]?.any).toBeCloseTo(any, 12));
    [0.5, 11 / 30, 4 / 15, 0.25].forEach((all, n) => expect(figures?.pass[n]?.all).toBeCloseTo(all, 12));
  });

  it('counts how often items are right, and each repeat', () => {
    expect([figures?.always, figures?.sometimes, figures?.never]).toEqual([3, 6, 3]);
    const each = figures?.each ?? [];
    expect(each.reduce((sum, share) => sum + share * 12, 0)).toBeCloseTo(
      COUNTS.reduce((a, b) => a + b),
      9,
    );
    expect([figures?.least, figures?.most]).toEqual([Math.min(...each), Math.max(...each)]);
  });

  it('leaves out what some repeat did not score', () => {
    const some = repeatFigures([drawn('ccu', 1), drawn('cic', 2)], null);
    expect(some?.items).toEqual([
      { itemId: 'i0', index: 0, correct: 2 },
      { itemId: 'i1', index: 1, correct: 1 },
    ]);
    expect(some?.leftOut).toBe(1);
    expect(repeatFigures([drawn('u', 1)], null)).toBeNull();
  });

  it('is not sure of itself where every repeat has everything right, or each item half', () => {
    const all = repeatFigures([drawn('cccc', 1), drawn('cccc', 2)], null);
    expect([all?.error, all?.drawing, all?.interval.high]).toEqual([0, null, 1]);
    expect(all?.interval.low).toBeCloseTo(0.5101, 4);
    const half = repeatFigures([drawn('ciciciic', 1), drawn('icicicci', 2)], null);
    expect(half?.mean).toBe(0.5);
    expect(half?.error).toBeCloseTo(Math.sqrt(0.5 / 2 / 8), 12);
    expect(half?.drawing).toBe(1);
  });

  it('has an error that is the spread of means which are drawn again and again', () => {
    const random = mulberry32(7);
    const [n, repeats, trials] = [60, 4, 600];
    const means: number[] = [];
    const errors: number[] = [];
    const drawings: number[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      const counts = Array.from({ length: n }, () => {
        const chance = random() ** 2;
        return Array.from({ length: repeats }, () => Number(random() < chance)).reduce((a, b) => a + b);
      });
      const found = repeatFigures(runsOf(counts, repeats), null);
      means.push(found?.mean ?? NaN);
      errors.push(found?.error ?? NaN);
      drawings.push(found?.drawing ?? NaN);
    }
    const average = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
    const spread = Math.sqrt(average(means.map((m) => (m - average(means)) ** 2)));
    expect(average(errors) / spread).toBeGreaterThan(0.93);
    expect(average(errors) / spread).toBeLessThan(1.07);
    // E[p(1−p)]/4 against Var(p) + E[p(1−p)]/4, for p = u²: 2/15 and 4/45.
    expect(average(drawings)).toBeCloseTo(2 / 15 / 4 / (4 / 45 + 2 / 15 / 4), 1);
  });
});

describe('majorityFigures', () => {
  it('lets answers vote, not repeats that gave none; a tie goes to the first', () => {
    const found = majorityFigures([
      [RIGHT, 'number 7', RIGHT],
      ['number 7', RIGHT, 'number 7'],
      ['number 7', RIGHT, null],
      [null, null, RIGHT],
      [null, null, null],
    ]);
    expect(found?.items.map(({ correct }) => correct)).toEqual([true, false, false, true, false]);
    expect(found?.items.map(({ by }) => by)).toEqual([0, 0, 0, 2, null]);
    expect(found?.correct).toBe(2);
    expect(found?.agreement).toBeCloseTo((1 / 3 + 1 / 3 + 0 + 1 / 3 + 1) / 5, 12);
    expect(majorityFigures([])).toBeNull();
    expect(majorityFigures([[RIGHT]])?.agreement).toBeNull();
  });
});

describe('answerKey', () => {
  if (CORRECT.kind !== 'graded' || !CORRECT.correct) throw new Error('the sample is not right');
  const graded = CORRECT;
  const wrong = (text: string): Verdict => ({
    ...graded,
    correct: false,
    reason: 'wrong-value',
    answer: { span: graded.answer.span, text },
  });
  const key = (text: string, value: string, unit?: string, choices?: readonly string[]) =>
    answerKey(wrong(text), { gold: { value, ...(unit === undefined ? {} : { unit }) }, ...(choices && { choices }) });

  it('is one for all that the gold accepts, and none for no answer', () => {
    const gold = { value: '5', unit: '' };
    expect(answerKey(CORRECT, { gold })).toBe(RIGHT);
    expect(answerKey({ kind: 'noAnswer', reason: 'abstained', notes: [] }, { gold })).toBeNull();
    expect(answerKey({ kind: 'truncated', where: 'answer', notes: [] }, { gold })).toBeNull();
  });

  it.each([
    ['12', '12.0', '5', ''],
    ['1,200', '1200', '5', ''],
    ['50%', '0.5', '5', ''],
    ['581.6亿元', '58.16 billion yuan', '5', 'CNY:thousand'],
    ['58,160,000', '58160000千元', '5', 'CNY:thousand'],
    ['90 minutes', '1.5 hours', '5', 'minute'],
    ['12%', '12', '5', 'percent'],
    ['2024-12-31', 'December 31, 2024', '2024-01-01', 'date'],
    ['The cat.', 'cat', 'dog', 'text'],
    ['B', '(b)', 'A', 'choice'],
    ['12元', '12', '5', 'CNY:one'],
  ])('takes %s and %s for the same answer', (a, b, gold, unit) => {
    expect(key(a, gold, unit)).toBe(key(b, gold, unit));
  });

  it.each([
    ['12', '-12', '5', ''],
    ['12', '1.2', '5', ''],
    ['581.6亿元', '58.16 million yuan', '5', 'CNY:thousand'],
    ['12美元', '12元人民币', '5', 'CNY:one'],
    ['90 minutes', '90 hours', '5', 'minute'],
    ['2024-12-31', '2023-12-31', '2024-01-01', 'date'],
    ['the cat', 'the cats', 'dog', 'text'],
    ['B', 'C', 'A', 'choice'],
  ])('tells %s and %s apart', (a, b, gold, unit) => {
    expect(key(a, gold, unit)).not.toBe(key(b, gold, unit));
  });

  it('knows an option by its text, and a hedge from its first half', () => {
    expect(key('Rome', 'A', 'choice', ['Paris', 'Rome'])).toBe(key('B', 'A', 'choice', ['Paris', 'Rome']));
    const answer = { span: graded.answer.span, text: 'B or C' };
    const hedge = answerKey(
      { ...graded, correct: false, reason: 'hedge', answer },
      { gold: { value: 'A', unit: 'choice' } },
    );
    expect(hedge).not.toBe(key('B', 'A', 'choice'));
  });
});

describe('compareRepeats', () => {
  const group = runsOf(COUNTS, 5);
  const greedy = runHeader('ciiiciiiiicc', { id: 'greedy' });
  const found = compareRepeats(group, [greedy], suiteOf(PASSAGES));
  const result = found.kind === 'compared' ? found.result : null;

  it('pairs by item means and gives the difference as NumPy and SciPy do', () => {
    expect(result?.n).toBe(12);
    expect(result?.means[0]).toBeCloseTo(0.5, 12);
    expect(result?.means[1]).toBeCloseTo(1 / 3, 12);
    expect(result?.repeats).toEqual([5, 1]);
    expect(result?.difference).toBeCloseTo(1 / 6, 12);
    expect(result?.p).toBeCloseTo(0.051031575, 9);
    // Fewer than six passages differ at all: their spread is not known, so that of two runs is assumed.
    expect(result?.detectable).toBeCloseTo(minimumDetectableEffect(12), 12);
    const alone = compareRepeats(group, [greedy], null);
    expect(alone.kind === 'compared' && alone.result.detectable).toBeCloseTo(0.3071565074, 9);
    // 400,000 draws of NumPy against our 4,000.
    expect(result?.interval?.low).toBeCloseTo(0.0545, 1);
    expect(result?.interval?.high).toBeCloseTo(0.2889, 1);
    // The bootstrap alone would be sure (0.05 to 0.29), t alone not (5.1 %): with 6 passages that is not enough.
    expect(result?.conclusion).toBe('not-distinguishable');
    expect(result?.cautions).toContain('other-sampling');
    expect(result?.cautions).not.toContain('one-draw');
  });

  it('is the other way round from the other side, and the same each time', () => {
    const back = compareRepeats([greedy], group, suiteOf(PASSAGES));
    expect(back.kind === 'compared' && back.result.difference).toBeCloseTo(-1 / 6, 12);
    expect(compareRepeats(group, [greedy], suiteOf(PASSAGES))).toEqual(found);
  });

  it('decides nothing by too few passages, and refuses other suites', () => {
    const few = compareRepeats([drawn('ccccc', 1)], [drawn('iiiii', 2)], null);
    expect(few.kind === 'compared' && few.result.conclusion).toBe('few');
    const enough = compareRepeats([drawn('c'.repeat(LEAST_PASSAGES), 1)], [drawn('i'.repeat(LEAST_PASSAGES), 2)], null);
    expect(enough.kind === 'compared' && enough.result.conclusion).toBe('first-better');
    const other = runHeader('c', { spec: { suite: { ...greedy.spec.suite, hash: 'b'.repeat(64) } } });
    expect(compareRepeats([other], [greedy], null)).toEqual({ kind: 'incomparable', because: 'other-suite' });
  });

  it('finds a difference between equals about as seldom as it says', () => {
    const random = mulberry32(3);
    const letters = (): string => Array.from({ length: 60 }, () => (random() < 0.5 ? 'c' : 'i')).join('');
    let differ = 0;
    for (let trial = 0; trial < 200; trial += 1) {
      const pair = compareRepeats([drawn(letters(), 1), drawn(letters(), 2)], [drawn(letters(), 3)], null);
      if (pair.kind === 'compared' && pair.result.conclusion !== 'not-distinguishable') differ += 1;
    }
    expect(differ).toBeLessThan(22);
  });
});
