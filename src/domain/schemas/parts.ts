import * as v from 'valibot';

/** Whole numbers from 0: counts, positions, lengths. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Milliseconds, seconds. JSON and sorting know neither NaN nor infinity, so no stored number may be one. */
export const duration = v.pipe(v.number(), v.finite(), v.minValue(0));

/** ISO 8601 in UTC: such times sort as text. Of a day that exists: `Intl` throws on one that does not. */
export const timeSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'no such day or time'),
);

/** Letters, digits, '-' and '_': an id stands in addresses, in storage keys and in file names. */
export const runId = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

export const localText = v.object({ en: v.string(), zh: v.string() });
