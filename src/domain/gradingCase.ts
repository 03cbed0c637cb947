import type { ItemRecord } from './run.ts';
import type { Item } from './suite.ts';

/** What a person says that the verdict should be, in the words of grading cases. */
export const CASE_VERDICTS = ['correct', 'incorrect', 'no_answer', 'truncated'] as const;
export type CaseVerdict = (typeof CASE_VERDICTS)[number];

/**
 * An answer as a case for the grader, one line of JSON: what `npm run -s grade -- FILE` reads. `why`: the person's
 * reason. The passage is part of it, because it decides between a wrong value and a wrong row.
 */
export function gradingCase(
  record: ItemRecord,
  asked: { readonly item: Item; readonly passage: string | null },
  said: { readonly verdict: CaseVerdict; readonly why: string },
): string {
  const { item, passage } = asked;
  const { unit, aliases } = item.gold;
  return JSON.stringify({
    id: `${item.id}-${record.promptHash.slice(0, 8)}`,
    output: record.output,
    gold: item.gold.value,
    ...(unit === undefined ? {} : { unit }),
    ...(aliases === undefined ? {} : { aliases }),
    lang: item.language,
    verdict: said.verdict,
    why: said.why,
    q: item.question,
    ...(item.choices === undefined ? {} : { choices: item.choices }),
    ...(passage === null ? {} : { passage }),
    ...(record.finish === null ? {} : { finish: record.finish }),
  });
}
