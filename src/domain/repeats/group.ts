import { canonicalJson } from '../hash.ts';
import type { RunHeader } from '../run.ts';

/** The runs that are repeats of one another: equal specs but for the seed, on the same device, engine and adapter. */
export interface Repeats {
  /** One finished run for each seed, the least seed first: these count. Greedy runs have no seed: one of them. */
  readonly runs: readonly RunHeader[];
  /** A run that counts, and another one with the same seed: it should say the same, and counts for nothing. */
  readonly again: readonly (readonly [RunHeader, RunHeader])[];
  /** They count when they are finished. */
  readonly unfinished: readonly RunHeader[];
}

/** Equal for runs that are repeats of one another. Runs from files stand apart: nothing of them was measured here. */
export function repeatKey({ spec, environment, origin }: RunHeader): string {
  const { sampling } = spec;
  const { device, engine, adapter } = environment;
  const drawn = sampling.kind === 'greedy' ? sampling : { ...sampling, seed: 0 };
  return canonicalJson([{ ...spec, sampling: drawn }, device, engine, adapter, origin ?? null]);
}

/** The repeats that `run` belongs to, among `headers` (in which it may stand itself). */
export function repeatsOf(run: RunHeader, headers: readonly RunHeader[]): Repeats {
  const key = repeatKey(run);
  const others = headers.filter((other) => other.id !== run.id && mayRepeat(run, other) && repeatKey(other) === key);
  return sorted([run, ...others]);
}

/** The runs that `run` counts with: its finished repeats where there are several, else itself. */
export function countedWith(run: RunHeader, headers: readonly RunHeader[]): readonly [RunHeader, ...RunHeader[]] {
  const [first, ...others] = repeatsOf(run, headers).runs;
  return first === undefined || others.length === 0 ? [run] : [first, ...others];
}

/** All runs, those that are repeats of one another together; in the order of the first of each. */
export function groupRepeats(headers: readonly RunHeader[]): readonly Repeats[] {
  const groups = new Map<string, RunHeader[]>();
  for (const header of headers) {
    const key = repeatKey(header);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [header]);
    else group.push(header);
  }
  return [...groups.values()].map(sorted);
}

/** Told at a glance, so that the keys of thousands of runs need not be written. */
function mayRepeat(a: RunHeader, b: RunHeader): boolean {
  return (
    a.spec.suite.hash === b.spec.suite.hash &&
    a.spec.itemIds.length === b.spec.itemIds.length &&
    a.spec.model.id === b.spec.model.id
  );
}

function sorted(all: readonly RunHeader[]): Repeats {
  const byStart = [...all].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const finished = byStart.filter(({ state }) => state.kind === 'finished');
  const runs = new Map<number, RunHeader>();
  const again: (readonly [RunHeader, RunHeader])[] = [];
  for (const run of finished) {
    const first = runs.get(seedOf(run));
    if (first === undefined) runs.set(seedOf(run), run);
    else again.push([first, run]);
  }
  return {
    runs: [...runs].sort(([a], [b]) => a - b).map(([, run]) => run),
    again,
    unfinished: byStart.filter(({ state }) => state.kind !== 'finished'),
  };
}

function seedOf({ spec: { sampling } }: RunHeader): number {
  return sampling.kind === 'greedy' ? 0 : sampling.seed;
}
