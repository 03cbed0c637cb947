import * as v from 'valibot';
import { importProblem, type ImportProblem } from './problem.ts';

export type Shaped<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ImportProblem };

/** The entry as fresh objects of just the schema's fields, or the first thing that is wrong, with its place. */
export function fieldsOf<T>(schema: v.GenericSchema<unknown, T>, entry: unknown, at = ''): Shaped<T> {
  const parsed = v.safeParse(schema, entry, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  const field = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  const where = `${at}${field}`.replace(/^\./, '');
  if (issue.received === 'undefined')
    return { ok: false, problem: importProblem('field-missing', { field: where }, where) };
  const expected = issue.expected ?? '';
  return {
    ok: false,
    problem: importProblem('field-wrong', { field: where, expected, received: issue.received }, where),
  };
}
