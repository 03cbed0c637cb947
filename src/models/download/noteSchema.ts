import { downloadSourceSchema } from '#domain';
import * as v from 'valibot';
import type { Note } from './partials.ts';

const text = v.string();
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const hex = (digits: number) => v.pipe(text, v.regex(new RegExp(`^[0-9a-f]{${digits}}$`)));
const sha256 = hex(64);
const address = v.pipe(text, v.url(), v.regex(/^https?:/));

const check = v.variant('kind', [
  v.object({ kind: v.literal('sha256'), hex: sha256, from: v.picklist(['catalogue', 'source']) }),
  v.object({ kind: v.literal('git'), hex: hex(40) }),
]);

/** The note of an unfinished download, as it is stored. `schema` rises with its shape. */
export const noteSchema = v.object({
  schema: v.literal(1),
  note: v.object({
    plan: v.object({
      repository: text,
      name: text,
      source: downloadSourceSchema,
      commit: v.nullable(hex(40)),
      build: v.object({ engine: text, quantisation: text }),
      contextLength: count,
      parameters: v.nullable(count),
      files: v.array(v.object({ path: text, url: address, bytes: v.nullable(count), check: v.nullable(check) })),
    }),
    seen: v.record(text, v.object({ url: address, etag: v.nullable(text) })),
    done: v.record(text, v.object({ path: text, bytes: count, sha256 })),
  }),
}) satisfies v.GenericSchema<unknown, { readonly schema: 1; readonly note: Note }>;
