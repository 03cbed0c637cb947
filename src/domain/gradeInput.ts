import { opensThinking } from './extract/text/thinking.ts';
import type { GradeInput } from './graders/grader.ts';
import { passageText } from './prompt.ts';
import type { Item, Suite } from './suite.ts';
import type { FinishReason } from './verdict.ts';

/** What the grader is told of an item and an answer to it. Used again when stored outputs are graded anew. */
export function gradeInput(
  suite: Suite,
  item: Item,
  answer: { readonly prompt: string; readonly output: string; readonly finish: FinishReason },
): GradeInput {
  return {
    output: answer.output,
    ...(opensThinking(answer.prompt) ? { opened: true } : {}),
    finish: answer.finish,
    gold: item.gold,
    language: item.language,
    question: item.question,
    ...(item.choices === undefined ? {} : { choices: item.choices }),
    ...(item.passage === undefined ? {} : { passage: passageText(suite, item.passage) }),
  };
}
