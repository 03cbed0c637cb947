import type { ImportProblem, ImportProblemCode, Role, SuiteFormatId } from '#app';
import { formatNumber, m } from '#i18n';

export const FORMAT_WORDS: Readonly<Record<SuiteFormatId, () => string>> = {
  'tabeval-suite': m.import_format_tabeval_suite,
  gsm8k: m.import_format_gsm8k,
  squad: m.import_format_squad,
  'tat-qa': m.import_format_tat_qa,
  promptfoo: m.import_format_promptfoo,
  'multiple-choice': m.import_format_multiple_choice,
  table: m.import_format_table,
};

export const ROLE_WORDS: Readonly<Record<Role, () => string>> = {
  question: m.import_role_question,
  answer: m.import_role_answer,
  passage: m.import_role_passage,
  choices: m.import_role_choices,
  unit: m.import_role_unit,
  language: m.import_role_language,
  id: m.import_role_id,
};

/** Every parameter that some problem has; those of the others are ''. */
type Params = Readonly<Record<'detail' | 'most' | 'expected' | 'received' | 'field' | 'value', string>>;

const SENTENCES: Readonly<Record<ImportProblemCode, (params: Params) => string>> = {
  'not-json': m.import_problem_not_json,
  unfinished: m.import_problem_unfinished,
  'entry-too-long': m.import_problem_entry_too_long,
  cells: m.import_problem_cells,
  'bad-characters': m.import_problem_bad_characters,
  'forbidden-key': m.import_problem_forbidden_key,
  'field-missing': m.import_problem_field_missing,
  'field-wrong': m.import_problem_field_wrong,
  'too-long': m.import_problem_too_long,
  'not-a-number': m.import_problem_not_a_number,
  'not-a-date': m.import_problem_not_a_date,
  'not-a-range': m.import_problem_not_a_range,
  'no-final-answer': m.import_problem_no_final_answer,
  'no-answer': m.import_problem_no_answer,
  'not-a-choice': m.import_problem_not_a_choice,
  'too-few-choices': m.import_problem_too_few_choices,
  'unknown-language': m.import_problem_unknown_language,
  'multi-span': m.import_problem_multi_span,
  'unknown-answer-type': m.import_problem_unknown_answer_type,
  'scale-without-currency': m.import_problem_scale_without_currency,
  assertion: m.import_problem_assertion,
  'several-assertions': m.import_problem_several_assertions,
};

const NONE: Params = { detail: '', most: '', expected: '', received: '', field: '', value: '' };

/** What is wrong and how to mend it. */
export function importProblemSentence({ code, params }: ImportProblem): string {
  return SENTENCES[code]({ ...NONE, ...params });
}

/** Where in the file. */
export function placeWords(line: number, at: string): string {
  const shown = formatNumber(line);
  return at === '' ? m.import_line({ line: shown }) : m.import_at({ line: shown, at });
}
