import { canonicalJson, gradeInput, type Grade, type Graded, type ItemRecord, type Suite } from '#domain';

/** What today's grader says of a stored output. Nothing is written. */
export type Regraded =
  | { readonly kind: 'regraded'; readonly graded: Graded; readonly change: Change }
  /** Why it cannot be graded: no output to grade, or no gold to grade it by. */
  | { readonly kind: 'impossible'; readonly because: 'no-output' | 'suite-missing' };

/** `verdict`: right or wrong, or the kind of the verdict. `explanation`: only the reasons. */
export type Change = 'none' | 'explanation' | 'verdict';

export async function regrade(
  { record, suite }: { readonly record: ItemRecord | null; readonly suite: Suite | null },
  grade: Grade,
): Promise<Regraded> {
  if (record === null || record.finish === null) return { kind: 'impossible', because: 'no-output' };
  const item = suite?.items.find((i) => i.id === record.itemId);
  if (suite === null || item === undefined) return { kind: 'impossible', because: 'suite-missing' };
  const { prompt, output, finish } = record;
  const graded = await grade(gradeInput(suite, item, { prompt, output, finish }));
  return { kind: 'regraded', graded, change: changeOf(record.verdict, graded.verdict) };
}

function changeOf(before: Graded['verdict'], now: Graded['verdict']): Change {
  if (canonicalJson(before) === canonicalJson(now)) return 'none';
  const right = (v: Graded['verdict']): boolean => v.kind === 'graded' && v.correct;
  return before.kind === now.kind && right(before) === right(now) ? 'explanation' : 'verdict';
}
