import * as v from 'valibot';
import { NOTE_CODES } from '../verdict.ts';
import { failureSchema } from './failure.ts';
import { count } from './parts.ts';

const notes = v.array(v.object({ code: v.picklist(NOTE_CODES), params: v.record(v.string(), v.string()) }));

const candidate = { span: v.object({ start: count, end: count }), text: v.string() };
const rejected = v.object({
  ...candidate,
  because: v.picklist([
    'negated',
    'superseded',
    'other-key',
    'year',
    'before-commitment',
    'unit-of-measure',
    'reference',
  ]),
});
const extraction = {
  answer: v.object(candidate),
  commitment: v.picklist(['json', 'boxed', 'hashes', 'phrase', 'key', 'last-number', 'whole-output']),
  rejected: v.array(rejected),
  notes,
};

const wrongReason = v.picklist(['wrong-value', 'wrong-row-or-year', 'wrong-scale', 'wrong-unit', 'hedge', 'loop']);

export const verdictSchema = v.variant('kind', [
  v.variant('correct', [
    v.object({ kind: v.literal('graded'), correct: v.literal(true), ...extraction }),
    v.object({ kind: v.literal('graded'), correct: v.literal(false), reason: wrongReason, ...extraction }),
  ]),
  v.object({
    kind: v.literal('noAnswer'),
    reason: v.picklist(['empty', 'abstained', 'nothing-found', 'unclosed-thinking', 'loop']),
    notes,
  }),
  v.object({ kind: v.literal('truncated'), where: v.picklist(['thinking', 'answer']), notes }),
  v.object({ kind: v.literal('unscored'), failure: failureSchema }),
]);

/** VerdictLetter, any number of them. */
export const verdictLetters = v.pipe(v.string(), v.regex(/^[cintu.]*$/));
