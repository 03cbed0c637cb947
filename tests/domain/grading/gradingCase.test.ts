import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CASE_VERDICTS, gradingCase, type Item } from '#domain';
import { grade } from '../../../src/domain/graders/index.ts';
import { parseCases } from '../../../tools/grade/cases.ts';
import { inputOf } from '../../../tools/grade/outcome.ts';
import { sampleHeader, sampleItem } from '../../fixtures/sampleRun.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const golds = fc.oneof(
  fc.constantFrom({ value: '18', unit: '' }, { value: '58159881', unit: 'CNY:thousand' }, { value: '18' }),
  text.map((value) => ({ value, unit: 'text', aliases: [value] })),
);

describe('"this grading is wrong" makes a case', () => {
  test('that the judge reads back as it was asked, answered and cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ output: text, why: text, question: text, gold: golds, passage: fc.option(text) }),
        fc.constantFrom(...CASE_VERDICTS),
        fc.constantFrom('stop' as const, 'length' as const),
        async ({ output, why, question, gold, passage }, verdict, finish) => {
          const said = { proof: { kind: 'stated' }, tags: [], choices: ['a', 'b'] } as const;
          const item: Item = { id: 'one', language: 'zh-Hans', question, gold, ...said };
          const record = sampleItem(sampleHeader(), 0, { output, finish });
          const line = gradingCase(record, { item, passage }, { verdict, why });
          expect(line).not.toContain('\n');
          const [read, more] = parseCases(`${line}\n`, 'copied.jsonl');
          expect(more).toBeUndefined();
          expect(read).toMatchObject({ output, why, q: question, verdict, finish, gold: gold.value });
          if (read === undefined) return;
          const asked = { output, gold, language: item.language, question, choices: ['a', 'b'], finish };
          const input = { ...asked, ...(passage === null ? {} : { passage }) };
          expect(await grade(inputOf(read))).toEqual(await grade(input));
        },
      ),
      { numRuns: 300 },
    );
  });
});
