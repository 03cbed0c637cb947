import type { SuiteProblem, SuiteProblemCode } from '#domain';
import { m } from '#i18n';

/** Every parameter that some problem has; those of the others are ''. */
type Params = Readonly<
  Record<'path' | 'expected' | 'received' | 'most' | 'id' | 'kind' | 'language' | 'placeholder', string>
>;

const SENTENCES: Readonly<Record<SuiteProblemCode, (params: Params) => string>> = {
  missing: m.suite_problem_missing,
  'wrong-type': m.suite_problem_wrong_type,
  'unknown-key': m.suite_problem_unknown_key,
  'forbidden-key': m.suite_problem_forbidden_key,
  'not-allowed': m.suite_problem_not_allowed,
  empty: m.suite_problem_empty,
  'too-long': m.suite_problem_too_long,
  'too-many': m.suite_problem_too_many,
  'too-deep': m.suite_problem_too_deep,
  'out-of-range': m.suite_problem_out_of_range,
  'bad-id': m.suite_problem_bad_id,
  'duplicate-id': m.suite_problem_duplicate_id,
  'passage-missing': m.suite_problem_passage_missing,
  'template-missing': m.suite_problem_template_missing,
  'placeholder-missing': m.suite_problem_placeholder_missing,
  'proof-needs-passage': m.suite_problem_proof_needs_passage,
  'aliases-without-text': m.suite_problem_aliases_without_text,
  'unknown-unit': m.suite_problem_unknown_unit,
  'unknown-scale': m.suite_problem_unknown_scale,
  'unknown-currency': m.suite_problem_unknown_currency,
};

const NONE: Params = {
  path: '',
  expected: '',
  received: '',
  most: '',
  id: '',
  kind: '',
  language: '',
  placeholder: '',
};

/** Where it is wrong and how to mend it. */
export function suiteProblemSentence({ path, code, params }: SuiteProblem): string {
  return SENTENCES[code]({ ...NONE, ...params, path: path === '' ? m.suite_import_whole_file() : path });
}
