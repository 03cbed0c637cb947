import * as v from 'valibot';

/** The lines of a JSONL text that fit a schema; blank lines do not count. Throws an Error that names file and line. */
export function parseLines<S extends v.GenericSchema>(
  text: string,
  file: string,
  what: string,
  schema: S,
): readonly { readonly line: number; readonly value: v.InferOutput<S> }[] {
  return text.split('\n').flatMap((content, i) => {
    if (content.trim() === '') return [];
    const place = `${file}:${i + 1}`;
    const parsed = v.safeParse(schema, parseJson(content, place));
    if (parsed.success) return [{ line: i + 1, value: parsed.output }];
    const issues = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? '(line)'}: ${issue.message}`);
    throw new Error(`${place}: not ${what}: ${issues.join('; ')}`);
  });
}

function parseJson(content: string, place: string): unknown {
  try {
    return JSON.parse(content);
  } catch (thrown) {
    throw new Error(`${place}: not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`, {
      cause: thrown,
    });
  }
}
