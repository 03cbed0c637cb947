import * as v from 'valibot';
import { LANGUAGES } from '#domain';
import { bad, good, type EntryFormat } from './format.ts';
import { fieldsOf } from './shape.ts';

/** `doc` as `lmEvalSamples.ts` writes it; nothing of the answers is read. */
const sample = v.object({
  doc: v.object({
    id: v.string(),
    language: v.picklist(LANGUAGES),
    question: v.string(),
    passage: v.string(),
    gold: v.object({ value: v.string(), unit: v.nullable(v.string()), aliases: v.array(v.string()) }),
    tags: v.array(v.string()),
  }),
});

/** The questions in samples_*.jsonl of our own export for lm-eval. Other tasks' documents have no gold of one shape. */
export const lmEvalSamples = {
  kind: 'entries',
  id: 'lm-eval',
  layouts: ['jsonl'],
  asks: 'plain',
  suiteKind: 'custom',
  roles: [],
  fits: ({ text }) => /"doc_hash"\s*:/.test(text) && /"gold"\s*:\s*\{/.test(text),
  *read(entry) {
    const fields = fieldsOf(sample, entry);
    if (!fields.ok) {
      yield bad(fields.problem);
      return;
    }
    const { gold, passage, ...doc } = fields.value.doc;
    yield good({
      ...doc,
      passage: passage === '' ? null : passage,
      gold: {
        value: gold.value,
        ...(gold.unit === null ? {} : { unit: gold.unit }),
        ...(gold.aliases.length === 0 ? {} : { aliases: gold.aliases }),
      },
    });
  },
} as const satisfies EntryFormat;
