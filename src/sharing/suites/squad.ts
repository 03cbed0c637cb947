import * as v from 'valibot';
import { bad, good, type EntryFormat, type Outcome } from './format.ts';
import { textGold } from './gold.ts';
import { importProblem } from './problem.ts';
import { fieldsOf } from './shape.ts';

const id = v.optional(v.union([v.string(), v.number()]));
const answers = v.array(v.union([v.string(), v.object({ text: v.string() })]));

/** An article of SQuAD v1.1 and v2.0; CMRC 2018 in its SQuAD dress is the same. */
const article = v.object({ paragraphs: v.array(v.object({ context: v.string(), qas: v.array(v.unknown()) })) });
const squadQuestion = v.object({
  id,
  question: v.string(),
  answers: v.optional(answers, []),
  is_impossible: v.optional(v.boolean(), false),
});

/** A question of Hugging Face's squad and squad_v2, each with its passage; one without an answer is unanswerable. */
const flatQuestion = v.object({
  id,
  context: v.string(),
  question: v.string(),
  answers: v.object({ text: v.array(v.string()) }),
});

/** A passage of CMRC 2018 as it was first published. */
const cmrcPassage = v.object({ context_text: v.string(), qas: v.array(v.unknown()) });
const cmrcQuestion = v.object({ query_id: id, query_text: v.string(), answers });

/** SQuAD v1.1/v2.0 (Rajpurkar et al. 2016, 2018) and CMRC 2018 (Cui et al. 2019): spans of a passage, or none. */
export const squad = {
  kind: 'entries',
  id: 'squad',
  layouts: ['json', 'jsonl'],
  asks: 'reading',
  suiteKind: 'reading',
  roles: [],
  fits: ({ text }) =>
    (/"(?:paragraphs|context_text)"\s*:/.test(text) && /"qas"\s*:/.test(text)) ||
    (/"context"\s*:/.test(text) && /"answer_start"\s*:/.test(text)),
  *read(entry) {
    if (typeof entry === 'object' && entry !== null && 'context_text' in entry) {
      yield* readCmrc(entry);
      return;
    }
    if (typeof entry === 'object' && entry !== null && 'context' in entry) {
      yield readFlat(entry);
      return;
    }
    const fields = fieldsOf(article, entry);
    if (!fields.ok) {
      yield bad(fields.problem);
      return;
    }
    for (const [p, { context, qas }] of fields.value.paragraphs.entries()) {
      for (const [q, qa] of qas.entries()) yield squadOutcome(context, qa, `paragraphs[${p}].qas[${q}]`);
    }
  },
} as const satisfies EntryFormat;

function readFlat(entry: object): Outcome {
  const fields = fieldsOf(flatQuestion, entry);
  if (!fields.ok) return bad(fields.problem);
  const { context, answers, ...question } = fields.value;
  return outcome(context, { ...question, answers: answers.text, is_impossible: answers.text.length === 0 }, '');
}

function* readCmrc(entry: object): Iterable<Outcome> {
  const fields = fieldsOf(cmrcPassage, entry);
  if (!fields.ok) {
    yield bad(fields.problem);
    return;
  }
  for (const [q, qa] of fields.value.qas.entries()) {
    const at = `qas[${q}]`;
    const read = fieldsOf(cmrcQuestion, qa, at);
    if (!read.ok) yield bad(read.problem);
    else {
      const { query_id, query_text, answers } = read.value;
      yield outcome(
        fields.value.context_text,
        { id: query_id, question: query_text, answers, is_impossible: false },
        at,
      );
    }
  }
}

function squadOutcome(context: string, qa: unknown, at: string): Outcome {
  const read = fieldsOf(squadQuestion, qa, at);
  return read.ok ? outcome(context, read.value, at) : bad(read.problem);
}

function outcome(passage: string, qa: v.InferOutput<typeof squadQuestion>, at: string): Outcome {
  const texts = qa.answers.map((answer) => (typeof answer === 'string' ? answer : answer.text).trim());
  const [first, ...others] = [...new Set(texts)].filter((text) => text !== '');
  const common = { id: qa.id === undefined ? null : String(qa.id), language: null, passage, question: qa.question };
  if (qa.is_impossible)
    return good({ ...common, gold: { value: 'unanswerable', unit: 'text' }, tags: ['unanswerable'] });
  if (first === undefined) return bad(importProblem('no-answer', {}, at));
  return good({ ...common, gold: textGold(first, others) });
}
