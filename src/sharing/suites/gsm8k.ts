import * as v from 'valibot';
import { bad, good, type EntryFormat } from './format.ts';
import { importProblem } from './problem.ts';
import { plainNumber } from './gold.ts';
import { fieldsOf } from './shape.ts';

const shape = v.object({ question: v.string(), answer: v.string() });

/** The calculator's notes in GSM8K's solutions: "48/2 = <<48/2=24>>24". */
const CALCULATOR = /<<[^<>]*>>/g;

/** GSM8K (Cobbe et al. 2021): `{question, answer}` a line, the answer a solution that ends in "#### 18". */
export const gsm8k = {
  kind: 'entries',
  id: 'gsm8k',
  layouts: ['jsonl', 'json'],
  asks: 'mathematics',
  suiteKind: 'mathematics',
  roles: [],
  fits: ({ entries }) => entries.some((entry) => /####/.test(String((entry as { answer?: unknown } | null)?.answer))),
  *read(entry) {
    const fields = fieldsOf(shape, entry);
    if (!fields.ok) {
      yield bad(fields.problem);
      return;
    }
    const { question, answer } = fields.value;
    const mark = answer.lastIndexOf('####');
    if (mark === -1) {
      yield bad(importProblem('no-final-answer', {}, 'answer'));
      return;
    }
    const final = answer.slice(mark + 4).trim();
    const value = plainNumber(final);
    if (value === null) {
      yield bad(importProblem('not-a-number', { value: final, field: 'answer' }, 'answer'));
      return;
    }
    const solution = answer.slice(0, mark).replace(CALCULATOR, '').trim();
    yield good({
      id: null,
      language: null,
      passage: null,
      question,
      gold: { value, unit: '' },
      ...(solution === '' ? {} : { solution }),
      tags: ['gsm8k'],
    });
  },
} as const satisfies EntryFormat;
