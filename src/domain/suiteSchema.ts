import * as v from 'valibot';
import { LANGUAGES } from './suite.ts';

/**
 * The most that a suite may hold. An imported file is a stranger's: without caps it could fill the memory of the page
 * before anyone has read a line of it.
 */
export const SUITE_LIMITS = {
  items: 5_000,
  passages: 5_000,
  /** UTF-8 bytes of one passage, question or template. */
  textBytes: 200_000,
  /** UTF-16 code units of a title, a gold, a proof, a licence. */
  line: 2_000,
  id: 64,
  tags: 32,
  /** Options of one question. */
  choices: 10,
  maxTokens: 8_192,
} as const;

/** Letters and digits of any script, then `.`, `_`, `-` too: safe in addresses, file names and CSV cells. */
const id = v.pipe(v.string(), v.maxLength(SUITE_LIMITS.id), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u));
const line = v.pipe(v.string(), v.nonEmpty(), v.maxLength(SUITE_LIMITS.line));
const text = v.pipe(v.string(), v.nonEmpty(), v.maxBytes(SUITE_LIMITS.textBytes));
const language = v.picklist(LANGUAGES);
const localText = v.strictObject({ en: line, zh: line });
const byLanguage = v.strictObject({
  en: v.exactOptional(text),
  'zh-Hans': v.exactOptional(text),
  'zh-Hant': v.exactOptional(text),
});

const gold = v.strictObject({
  value: line,
  unit: v.exactOptional(v.pipe(v.string(), v.maxLength(SUITE_LIMITS.id))),
  aliases: v.exactOptional(v.pipe(v.array(line), v.maxLength(SUITE_LIMITS.tags))),
});

const proof = v.variant('kind', [
  v.strictObject({ kind: v.literal('cell'), row: line, column: line }),
  v.strictObject({ kind: v.literal('blank'), row: line, column: line }),
  v.strictObject({ kind: v.literal('span'), span: line }),
  v.strictObject({ kind: v.literal('expression'), expression: line }),
  v.strictObject({ kind: v.literal('derived'), expression: line }),
  v.strictObject({ kind: v.literal('calendar'), expression: line }),
  v.strictObject({ kind: v.literal('absent'), absent: line }),
  v.strictObject({ kind: v.literal('stated') }),
]);

const item = v.strictObject({
  id,
  language,
  passage: v.exactOptional(id),
  question: text,
  gold,
  proof,
  solution: v.exactOptional(text),
  choices: v.exactOptional(v.pipe(v.array(text), v.minLength(2), v.maxLength(SUITE_LIMITS.choices))),
  tags: v.pipe(v.array(id), v.maxLength(SUITE_LIMITS.tags)),
});

const maxTokens = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(SUITE_LIMITS.maxTokens));
const closedBook = v.strictObject({ system: v.exactOptional(byLanguage), withoutPassage: byLanguage });
const prompt = v.strictObject({ ...closedBook.entries, withPassage: byLanguage });

const variant = v.variant('id', [
  v.strictObject({ id: v.picklist(['answer-format', 'step-by-step', 'few-shot']), prompt, maxTokens }),
  v.strictObject({ id: v.literal('closed-book'), prompt: closedBook, maxTokens }),
]);

/** The shape of a suite, field by field. What holds between fields is checked in decodeSuite.ts. */
export const suiteSchema = v.strictObject({
  format: v.literal('tabeval-suite'),
  schema: v.literal(1),
  id,
  version: id,
  kind: v.picklist(['reading', 'mathematics', 'custom']),
  title: localText,
  description: localText,
  licence: line,
  prompt,
  maxTokens,
  variants: v.exactOptional(v.pipe(v.array(variant), v.maxLength(SUITE_LIMITS.tags))),
  passages: v.pipe(v.array(v.strictObject({ id, language, text })), v.maxLength(SUITE_LIMITS.passages)),
  items: v.pipe(v.array(item), v.minLength(1), v.maxLength(SUITE_LIMITS.items)),
});
