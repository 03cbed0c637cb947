import {
  majorityFigures,
  repeatFigures,
  repeatsOf,
  type AnswerKeys,
  type MajorityFigures,
  type RepeatFigures,
  type Repeats,
  type RunHeader,
  type Suite,
} from '#domain';
import type { RunDetail, Results } from './results.svelte.ts';

/** The repeats that a run belongs to, with all that their page shows. */
export interface RepeatsDetail {
  readonly repeats: Repeats;
  /** Those that count (`repeats.runs`), whole. */
  readonly runs: readonly RunDetail[];
  /** Null where the suite is not on this device. */
  readonly suite: Suite | null;
  /** Null where no run counts, or no item was scored in all of them. */
  readonly figures: RepeatFigures | null;
  /** Null like `figures`, and where the suite is not here: only it tells which answers are the same. */
  readonly majority: MajorityFigures | null;
  /** Runs with the same seed, and how far the second repeats the first. */
  readonly again: readonly Again[];
}

export interface Again {
  readonly first: RunHeader;
  readonly second: RunHeader;
  /** Items that both have an output of. */
  readonly both: number;
  /** Of these, those whose outputs are the same to the letter. */
  readonly equal: number;
}

/** Rejects like `Results.detail`. */
export async function repeatsDetail(results: Results, runId: string): Promise<RepeatsDetail> {
  const { header, suite } = await results.detail(runId);
  if (results.headers.kind !== 'ready') await results.refresh();
  const all = results.headers.kind === 'ready' ? results.headers.value : [];
  const repeats = repeatsOf(header, all);
  const [runs, again] = await Promise.all([
    Promise.all(repeats.runs.map(({ id }) => results.detail(id))),
    Promise.all(repeats.again.map((pair) => comparedAgain(results, pair))),
  ]);
  const headers = runs.map((run) => run.header);
  const figures = headers.length === 0 ? null : repeatFigures(headers, suite);
  const majority = figures === null || suite === null ? null : majorityFigures(await keysOf(figures, runs, suite));
  return { repeats, runs, suite, figures, majority, again };
}

/** What each repeat answered, by item; fetches the graders, which alone know when two answers are one. */
async function keysOf(figures: RepeatFigures, runs: readonly RunDetail[], suite: Suite): Promise<AnswerKeys[]> {
  const { answerKey } = await import('#domain/grading');
  const items = new Map(suite.items.map((item) => [item.id, item]));
  const records = runs.map((run) => new Map(run.items.map((record) => [record.index, record])));
  return figures.items.map(({ itemId, index }) =>
    records.map((of) => {
      const item = items.get(itemId);
      const record = of.get(index);
      return item === undefined || record === undefined ? null : answerKey(record.verdict, item);
    }),
  );
}

async function comparedAgain(results: Results, [first, second]: readonly [RunHeader, RunHeader]): Promise<Again> {
  const [one, other] = await Promise.all([results.detail(first.id), results.detail(second.id)]);
  const outputs = new Map(one.items.map((record) => [record.index, record.output]));
  const both = other.items.filter((record) => record.finish !== null && outputs.has(record.index));
  return {
    first,
    second,
    both: both.length,
    equal: both.filter((record) => outputs.get(record.index) === record.output).length,
  };
}
