import { opensThinking, type Finding, type ItemRecord, type Suite } from '#domain';

/** Milliseconds of work after which the page gets its turn. */
const SLICE_MS = 12;

/** What was found in the thinking of each wrong answer, by index. Items without a finding are not in it. */
export type ThinkingFindings = ReadonlyMap<number, readonly Finding[]>;

/** Looks through all answers of a run, or one. Its code is fetched when it is first needed. */
export async function findInThinking(run: {
  readonly items: readonly ItemRecord[];
  readonly suite: Suite | null;
}): Promise<ThinkingFindings> {
  const found = new Map<number, readonly Finding[]>();
  const { suite } = run;
  if (suite === null || run.items.length === 0) return found;
  const { whereItWentWrong } = await import('#domain/thinking');
  const asked = new Map(suite.items.map((item) => [item.id, item]));
  const passages = new Map(suite.passages.map(({ id, text }) => [id, text]));
  let sliceBegan = performance.now();
  for (const { index, itemId, prompt, output, verdict } of run.items) {
    const item = asked.get(itemId);
    if (item === undefined) continue;
    const { gold, question } = item;
    const passage = item.passage === undefined ? null : (passages.get(item.passage) ?? null);
    const findings = whereItWentWrong({ output, opened: opensThinking(prompt), verdict, gold, question, passage });
    if (findings.length > 0) found.set(index, findings);
    if (performance.now() - sliceBegan > SLICE_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      sliceBegan = performance.now();
    }
  }
  return found;
}
