import {
  majorityFigures,
  repeatFigures,
  samplingCode,
  type AnswerKeys,
  type MajorityFigures,
  type RepeatFigures,
  type Suite,
} from '#domain';
import { answerKey } from '../../src/domain/graders/index.ts';
import type { RunRecord } from '../../src/sharing/record.ts';
import { figuresOf, type EvalFigures } from './report.ts';

/** The keys that repeats add to the last line. Those of EvalFigures are of the first repeat. All shares. */
export interface RepeatedFigures extends EvalFigures {
  readonly sampling: string;
  readonly repeats: readonly {
    readonly run: string;
    readonly seed: number;
    readonly n: number;
    readonly accuracy: number;
  }[];
  /** Over items and repeats, with the standard error from both. */
  readonly mean: number;
  readonly error: number;
  readonly meanLow: number;
  readonly meanHigh: number;
  /** Part of error² that comes from drawing. */
  readonly drawing: number | null;
  readonly passAtK: Readonly<Record<number, number>>;
  readonly passHatK: Readonly<Record<number, number>>;
  readonly majority: number | null;
  readonly agreement: number | null;
  readonly always: number;
  readonly sometimes: number;
  readonly never: number;
}

export interface Repeated {
  readonly figures: RepeatFigures;
  readonly majority: MajorityFigures | null;
}

/** Null where no item was scored in all of the runs. */
export function repeated(records: readonly RunRecord[]): Repeated | null {
  const suite = records[0]?.suite ?? null;
  const figures = repeatFigures(
    records.map(({ header }) => header),
    suite,
  );
  if (figures === null) return null;
  return { figures, majority: suite === null ? null : majorityFigures(keysOf(figures, records, suite)) };
}

function keysOf(figures: RepeatFigures, records: readonly RunRecord[], suite: Suite): AnswerKeys[] {
  return figures.items.map(({ itemId, index }) =>
    records.map(({ items }) => {
      const item = suite.items.find(({ id }) => id === itemId);
      const record = items.find((one) => one.index === index);
      return item === undefined || record === undefined ? null : answerKey(record.verdict, item);
    }),
  );
}

export function repeatedFigures(
  [first, ...others]: readonly [RunRecord, ...RunRecord[]],
  { figures, majority }: Repeated,
): RepeatedFigures {
  const shares = (of: 'any' | 'all'): Record<number, number> =>
    Object.fromEntries(figures.pass.map((pass) => [pass.k, rounded(pass[of])]));
  return {
    ...figuresOf(first.header),
    sampling: samplingCode(first.header.spec.sampling).replace(/ ?seed=\d+$/, ''),
    repeats: [first, ...others].map(({ header }, place) => ({
      run: header.id,
      seed: header.spec.sampling.kind === 'greedy' ? 0 : header.spec.sampling.seed,
      n: figures.items.length,
      accuracy: rounded(figures.each[place] ?? 0),
    })),
    mean: rounded(figures.mean),
    error: rounded(figures.error),
    meanLow: rounded(figures.interval.low),
    meanHigh: rounded(figures.interval.high),
    drawing: figures.drawing === null ? null : rounded(figures.drawing),
    passAtK: shares('any'),
    passHatK: shares('all'),
    majority: majority === null ? null : rounded(majority.accuracy),
    agreement: majority?.agreement == null ? null : rounded(majority.agreement),
    always: figures.always,
    sometimes: figures.sometimes,
    never: figures.never,
  };
}

/** What repeats come to, for people. */
export function repeatsTable({ figures, majority }: Repeated): string {
  const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
  const { mean, error, interval, drawing, each, pass } = figures;
  return [
    `repeats   ${each.map(percent).join(', ')}`,
    `mean      ${percent(mean)} ± ${(100 * error).toFixed(1)} points, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}` +
      (drawing === null ? '' : `; ${percent(drawing)} of the variance is luck of drawing`),
    ...pass.map(({ k, any, all }) => `k = ${String(k).padEnd(5)} pass@k ${percent(any)}, pass^k ${percent(all)}`),
    ...(majority === null
      ? []
      : [
          `majority  ${percent(majority.accuracy)}, 95 % interval ${percent(majority.interval.low)} to ${percent(majority.interval.high)}` +
            (majority.agreement === null ? '' : `; two repeats agree on ${percent(majority.agreement)} of the answers`),
        ]),
    `items     ${figures.always} always right, ${figures.sometimes} sometimes, ${figures.never} never`,
  ].join('\n');
}

function rounded(x: number): number {
  return Number(x.toFixed(4));
}
