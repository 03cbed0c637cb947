import { describe, expect, it } from 'vitest';
import { passageText, type GradeInput, type Item, type Suite } from '#domain';
import { grade } from '#domain/grading';
import { readSuites } from '../../tools/suites/files.ts';
import { readCell } from '../../tools/suites/table.ts';

const cases = readSuites().flatMap((suite) =>
  suite.items.map((item) => ({ name: `${suite.id}/${item.id}`, suite, item })),
);

function input(suite: Suite, item: Item, output: string): GradeInput {
  const passage = item.passage === undefined ? {} : { passage: passageText(suite, item.passage) };
  return { output, gold: item.gold, language: item.language, question: item.question, finish: 'stop', ...passage };
}

/** The answer as a reader of the passage would copy it. */
function printed(suite: Suite, { passage, proof, gold, language }: Item): string {
  if (proof.kind === 'cell') return readCell(passageText(suite, passage ?? ''), proof.row, proof.column);
  if (proof.kind === 'span') return proof.span;
  if (proof.kind === 'absent' || proof.kind === 'blank')
    return { en: 'not mentioned', 'zh-Hans': '文中没有提到', 'zh-Hant': '文中沒有提到' }[language];
  return gold.value;
}

function inASentence(answer: string, { language }: Item): string {
  return language === 'en' ? `The answer is ${answer}.` : `答案是${answer}。`;
}

describe('the graders understand the golds of the catalogue', () => {
  it.each(cases)('$name', async ({ suite, item }) => {
    const answer = printed(suite, item);
    const right = [answer, `**${answer}**`, ...(item.gold.value === 'unanswerable' ? [] : [inASentence(answer, item)])];
    for (const output of [...right, ...(item.gold.aliases ?? [])]) {
      expect((await grade(input(suite, item, output))).verdict, output).toMatchObject({
        kind: 'graded',
        correct: true,
      });
    }
    const { verdict } = await grade(
      input(suite, item, item.language === 'en' ? 'The answer is 7777.' : '答案是7777。'),
    );
    expect(verdict).not.toMatchObject({ kind: 'graded', correct: true });
  });
});
