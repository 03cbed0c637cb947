import type { Delimiter, Encoding, ImportProblem, ImportProblemCode, Role, SuiteFormatId, Unreadable } from '#app';
import { formatBytes, formatNumber, m } from '#i18n';

export const FORMAT_WORDS: Readonly<Record<SuiteFormatId, () => string>> = {
  'tabeval-suite': m.import_format_tabeval_suite,
  gsm8k: m.import_format_gsm8k,
  squad: m.import_format_squad,
  'tat-qa': m.import_format_tat_qa,
  promptfoo: m.import_format_promptfoo,
  'multiple-choice': m.import_format_multiple_choice,
  'lm-eval': m.import_format_lm_eval,
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

export const ENCODING_WORDS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  gb18030: 'GB 18030 (GBK, GB 2312)',
  big5: 'Big5',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252 (Latin-1)',
};

export const DELIMITER_WORDS: Readonly<Record<Delimiter, () => string>> = {
  ',': m.import_delimiter_comma,
  ';': m.import_delimiter_semicolon,
  '\t': m.import_delimiter_tab,
  '|': m.import_delimiter_bar,
};

/** Bytes; the reader's own limit. */
const LARGEST = 500_000_000;

/** What a file is that cannot be read, and what to do. */
export const UNREADABLE_WORDS: Readonly<Record<Unreadable, () => string>> = {
  empty: m.import_unreadable_empty,
  'too-large': () => m.import_unreadable_too_large({ most: formatBytes(LARGEST) }),
  spreadsheet: m.import_unreadable_spreadsheet,
  archive: m.import_unreadable_archive,
  document: m.import_unreadable_document,
  picture: m.import_unreadable_picture,
  parquet: m.import_unreadable_parquet,
  'web-page': m.import_unreadable_web_page,
  'lfs-pointer': m.import_unreadable_lfs_pointer,
  binary: m.import_unreadable_binary,
  'no-list': m.import_unreadable_no_list,
  run: m.import_unreadable_run,
};

/** Every parameter that some problem has; those of the others are ''. */
type Params = Readonly<Record<'detail' | 'most' | 'expected' | 'received' | 'field' | 'value', string>>;

const SENTENCES: Readonly<Record<ImportProblemCode, (params: Params) => string>> = {
  'not-json': m.import_problem_not_json,
  'no-list': m.import_problem_no_list,
  unfinished: m.import_problem_unfinished,
  'entry-too-long': m.import_problem_entry_too_long,
  quotes: m.import_problem_quotes,
  cells: m.import_problem_cells,
  'bad-characters': m.import_problem_bad_characters,
  'forbidden-key': m.import_problem_forbidden_key,
  'field-missing': m.import_problem_field_missing,
  'field-wrong': m.import_problem_field_wrong,
  'too-long': m.import_problem_too_long,
  'not-a-number': m.import_problem_not_a_number,
  'not-a-date': m.import_problem_not_a_date,
  'not-a-range': m.import_problem_not_a_range,
  'unknown-unit': m.import_problem_unknown_unit,
  'unknown-scale': m.import_problem_unknown_scale,
  'unknown-currency': m.import_problem_unknown_currency,
  'several-messages': m.import_problem_several_messages,
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
