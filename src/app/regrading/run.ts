import {
  canonicalJson,
  verdictLetter,
  withVerdict,
  type Grade,
  type Graded,
  type ItemRecord,
  type Suite,
} from '#domain';
import type { StoredRun } from '../results.svelte.ts';
import { regrade, type Change } from './item.ts';

/** One stored answer whose verdict, reasons or grader would be others today. */
export interface RegradedItem {
  /** As it is stored. */
  readonly record: ItemRecord;
  readonly graded: Graded;
  /** `none`: the same verdict by another version of the grader. */
  readonly change: Change;
}

/** What grading a whole run again would change. Nothing is written. */
export interface RegradePlan {
  readonly items: readonly RegradedItem[];
  /** Outputs that were graded. */
  readonly graded: number;
  /** Items without an output: the engine failed. */
  readonly withoutOutput: number;
  /** Items that the suite does not have, or all of them where the suite is not here. */
  readonly withoutGold: number;
}

/** Milliseconds of grading after which the page gets its turn. */
const SLICE_MS = 12;

export interface RegradePorts {
  readonly grade: Grade;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  /** Resolves when the page has had its turn. */
  readonly pause: () => Promise<void>;
}

/** Grades every stored output of a run with today's graders. Null: cancelled. */
export async function planRegrade(
  run: { readonly items: readonly ItemRecord[]; readonly suite: Suite | null },
  ports: RegradePorts,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<RegradePlan | null> {
  const items: RegradedItem[] = [];
  let withoutOutput = 0;
  let withoutGold = 0;
  let sliceBegan = ports.elapsed();
  for (const [n, record] of run.items.entries()) {
    if (signal.aborted) return null;
    const result = await regrade({ record, suite: run.suite }, ports.grade);
    if (result.kind === 'regraded') {
      const { graded, change } = result;
      const sameGrader = canonicalJson(graded.grader) === canonicalJson(record.grader);
      if (change !== 'none' || !sameGrader) items.push({ record, graded, change });
    } else if (result.because === 'no-output') withoutOutput += 1;
    else withoutGold += 1;
    if (ports.elapsed() - sliceBegan > SLICE_MS) {
      onProgress(n + 1);
      await ports.pause();
      sliceBegan = ports.elapsed();
    }
  }
  if (signal.aborted) return null;
  return { items, graded: run.items.length - withoutOutput - withoutGold, withoutOutput, withoutGold };
}

/**
 * The records as they are to be stored, each with the verdict that it had, and the header that goes with them. Null: an
 * answer or its verdict in `stored` is not the one that was graded.
 */
export function applyRegrade(
  items: readonly RegradedItem[],
  { header, items: stored }: StoredRun,
  now: string,
): StoredRun | null {
  const current = new Map(stored.map((record) => [record.index, record]));
  if (items.some(({ record }) => canonicalJson(current.get(record.index) ?? null) !== canonicalJson(record)))
    return null;
  const verdicts = items.reduce(
    (letters, { record, graded }) => withVerdict(letters, record.index, verdictLetter(graded.verdict)),
    header.verdicts,
  );
  return {
    header: { ...header, verdicts, updatedAt: now },
    items: items.map(({ record, graded }) => ({
      ...record,
      ...graded,
      before: [...(record.before ?? []), { verdict: record.verdict, grader: record.grader, until: now }],
    })),
  };
}
