import type { Commitment, Note, RejectedBecause, Verdict, WrongReason } from '#domain';
import { m } from '#i18n';
import { FAILURE_WORDS } from './failureWords.ts';

/** Sentences for the codes of a verdict. A new code without a sentence does not compile. */
const REASONS: Readonly<Record<WrongReason, () => string>> = {
  'wrong-value': m.reason_wrong_value,
  'wrong-row-or-year': m.reason_wrong_row_or_year,
  'wrong-scale': m.reason_wrong_scale,
  'wrong-unit': m.reason_wrong_unit,
  hedge: m.reason_hedge,
  loop: m.reason_loop,
};

export const COMMITMENTS: Readonly<Record<Commitment, () => string>> = {
  json: m.commitment_json,
  boxed: m.commitment_boxed,
  hashes: m.commitment_hashes,
  phrase: m.commitment_phrase,
  key: m.commitment_key,
  'last-number': m.commitment_last_number,
  'whole-output': m.commitment_whole_output,
};

export const REJECTIONS: Readonly<Record<RejectedBecause, () => string>> = {
  negated: m.rejected_negated,
  superseded: m.rejected_superseded,
  'other-key': m.rejected_other_key,
  year: m.rejected_year,
  'before-commitment': m.rejected_before_commitment,
  'unit-of-measure': m.rejected_unit_of_measure,
  reference: m.rejected_reference,
};

const NO_ANSWER: Readonly<Record<(Verdict & { kind: 'noAnswer' })['reason'], () => string>> = {
  empty: m.no_answer_empty,
  abstained: m.no_answer_abstained,
  'nothing-found': m.no_answer_nothing_found,
  'unclosed-thinking': m.no_answer_unclosed_thinking,
  loop: m.no_answer_loop,
};

/** The parameters that some note has; those of the others are ''. */
type Params = Readonly<
  Record<'given' | 'converted' | 'unit' | 'half' | 'place' | 'digits' | 'key' | 'metric' | 'percent', string>
>;

const NO_PARAMS: Params = {
  given: '',
  converted: '',
  unit: '',
  half: '',
  place: '',
  digits: '',
  key: '',
  metric: '',
  percent: '',
};

const NOTES: Readonly<Record<Note['code'], (params: Params) => string>> = {
  exact: () => m.note_exact(),
  converted: m.note_converted,
  'converted-exactly': m.note_converted_exactly,
  'bare-number-read-in-unit': () => m.note_bare_number_read_in_unit(),
  'rounded-to-shown-digits': m.note_rounded_to_shown_digits,
  'too-coarse': m.note_too_coarse,
  'explicit-other-currency': m.note_explicit_other_currency,
  'explicit-other-scale': m.note_explicit_other_scale,
  'other-unit': () => m.note_other_unit(),
  'contradictory-unit': () => m.note_contradictory_unit(),
  'other-key': m.note_other_key,
  'sign-from-word': () => m.note_sign_from_word(),
  'sign-from-parentheses': () => m.note_sign_from_parentheses(),
  'normalised-text': () => m.note_normalised_text(),
  'ambiguous-date': () => m.note_ambiguous_date(),
  'incomplete-date': () => m.note_incomplete_date(),
  'unreadable-number': () => m.note_unreadable_number(),
  'not-a-range': () => m.note_not_a_range(),
  overlap: m.note_overlap,
  'cut-at-new-example': () => m.note_cut_at_new_example(),
  'thinking-removed': () => m.note_thinking_removed(),
  'answer-before-the-cut': () => m.note_answer_before_the_cut(),
  abstained: () => m.note_abstained(),
  'nothing-found': () => m.note_nothing_found(),
};

export function noteSentence(note: Note): string {
  return NOTES[note.code]({ ...NO_PARAMS, ...note.params });
}

/** Why the verdict is what it is, in one sentence. */
export function verdictSentence(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'graded':
      return verdict.correct ? m.verdict_correct_means() : REASONS[verdict.reason]();
    case 'noAnswer':
      return NO_ANSWER[verdict.reason]();
    case 'truncated':
      return verdict.where === 'thinking' ? m.truncated_thinking() : m.truncated_answer();
    case 'unscored':
      return `${FAILURE_WORDS[verdict.failure.code].what()} ${m.unscored_means()}`;
  }
}
