import * as v from 'valibot';
import type { Gold } from '#domain';
import { bad, good, type EntryFormat, type Outcome } from './format.ts';
import { plainNumber, textGold } from './gold.ts';
import { importProblem } from './problem.ts';
import { fieldsOf } from './shape.ts';

const document = v.object({
  table: v.object({ table: v.array(v.array(v.string())) }),
  paragraphs: v.array(v.object({ order: v.optional(v.number(), 0), text: v.string() })),
  questions: v.array(v.unknown()),
});
const value = v.union([v.string(), v.number()]);
const asked = v.object({
  uid: v.optional(v.string()),
  question: v.string(),
  answer: v.union([value, v.array(value)]),
  answer_type: v.string(),
  scale: v.optional(v.string(), ''),
  derivation: v.optional(v.string(), ''),
});
type Asked = v.InferOutput<typeof asked>;

/** TAT-QA (Zhu et al. 2021): a table with paragraphs around it; the answer counts in the scale that stands beside it. */
export const tatQa = {
  kind: 'entries',
  id: 'tat-qa',
  layouts: ['json', 'jsonl'],
  asks: 'figures',
  suiteKind: 'reading',
  roles: [],
  fits: ({ text }) => /"table"\s*:/.test(text) && /"answer_type"\s*:/.test(text),
  *read(entry) {
    const fields = fieldsOf(document, entry);
    if (!fields.ok) {
      yield bad(fields.problem);
      return;
    }
    const { table, paragraphs, questions } = fields.value;
    const texts = [...paragraphs].sort((a, b) => a.order - b.order).map(({ text }) => text);
    const passage = [tableText(table.table), ...texts].join('\n\n');
    for (const [q, question] of questions.entries()) {
      const at = `questions[${q}]`;
      const read = fieldsOf(asked, question, at);
      yield read.ok ? outcome(passage, read.value, at) : bad(read.problem);
    }
  },
} as const satisfies EntryFormat;

/** Rows as lines, cells parted by tabs: as a table that was copied from a report. */
function tableText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).join('\t')).join('\n');
}

function outcome(passage: string, question: Asked, at: string): Outcome {
  const { answer_type, scale, derivation } = question;
  if (answer_type === 'multi-span') return bad(importProblem('multi-span', {}, at));
  if (!['span', 'arithmetic', 'count'].includes(answer_type)) {
    return bad(importProblem('unknown-answer-type', { value: answer_type }, `${at}.answer_type`));
  }
  const answers = Array.isArray(question.answer) ? question.answer : [question.answer];
  const [answer, ...others] = answers.map((text) => String(text).trim());
  if (answer === undefined || answer === '') return bad(importProblem('no-answer', {}, at));
  if (others.length > 0) return bad(importProblem('multi-span', {}, at));
  const gold = goldOf(answer, question, passage);
  if (typeof gold === 'string')
    return bad(importProblem(gold, { value: gold === 'not-a-number' ? answer : scale, field: 'answer' }, at));
  return good({
    id: question.uid ?? null,
    language: 'en',
    passage,
    question: question.question,
    gold,
    ...(derivation.trim() === '' ? {} : { solution: derivation.trim() }),
    tags: [answer_type, ...(scale === '' ? [] : [scale])],
  });
}

function goldOf(
  answer: string,
  { answer_type, scale }: Asked,
  passage: string,
): Gold | 'not-a-number' | 'scale-without-currency' {
  const number = plainNumber(answer.replace(/\s*%$/, ''));
  if (answer_type === 'span') {
    // "2019" is a year that was asked for, and a figure with its own words ("$5 million") is compared as text.
    const isFigure = number !== null && !/^(?:19|20)\d\d$/.test(answer);
    if (!isFigure) return textGold(answer, []);
  }
  if (number === null) return 'not-a-number';
  if (scale === 'percent' || /%$/.test(answer)) return { value: number, unit: 'percent' };
  if (scale === '') return { value: number, unit: '' };
  const currency = currencyOf(passage);
  return currency === null || !/^(?:thousand|million|billion)$/.test(scale)
    ? 'scale-without-currency'
    : { value: number, unit: `${currency}:${scale}` };
}

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/RMB|CN¥|\bCNY\b/, 'CNY'],
  [/HK\$|\bHKD\b/, 'HKD'],
  [/NT\$|\bTWD\b/, 'TWD'],
  [/€|\bEUR\b|\beuros?\b/i, 'EUR'],
  [/£|\bGBP\b/, 'GBP'],
  [/¥|\bJPY\b|\byen\b/i, 'JPY'],
  [/\$|\bUSD\b|\bdollars?\b/i, 'USD'],
];

/** The one that the passage names most often; null where it names none. */
function currencyOf(passage: string): string | null {
  const counted = CURRENCIES.map(([sign, code]) => [passage.split(sign).length - 1, code] as const);
  const [most, code] = counted.reduce((best, next) => (next[0] > best[0] ? next : best));
  return most === 0 ? null : code;
}
