import * as v from 'valibot';
import { LANGUAGES, type Language } from '#domain';
import {
  bad,
  good,
  type Columns,
  type EntryFormat,
  type Outcome,
  type Question,
  type ReadChoice,
  type Role,
} from './format.ts';
import { goldOf } from './gold.ts';
import { choiceQuestion } from './multipleChoice.ts';
import { importProblem } from './problem.ts';

/** Names that people give the column of a role, most telling first. Inspect's rows are `{input, target, choices, id}`. */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  question: [
    'question',
    'input',
    'query',
    'prompt',
    'problem',
    'instruction',
    '问题',
    '問題',
    '题目',
    '題目',
    '题干',
    '題幹',
    'q',
  ],
  answer: [
    'answer',
    'target',
    'expected',
    'gold',
    'label',
    'output',
    'solution',
    '答案',
    '正确答案',
    '正確答案',
    '标准答案',
    '標準答案',
    '参考答案',
    '參考答案',
    'a',
  ],
  passage: ['passage', 'context', 'text', 'document', 'article', 'paragraph', '材料', '原文', '文章', '上下文', '背景'],
  choices: ['choices', 'options', '选项', '選項'],
  unit: ['unit', 'scale', '单位', '單位'],
  language: ['language', 'lang', 'locale', '语言', '語言'],
  id: ['id', 'uid', 'qid', '编号', '編號'],
};

/** Which column is probably what, by its name. */
export function guessColumns(columns: readonly string[], roles: readonly Role[]): Columns {
  const named = new Map(columns.map((column) => [column.trim().toLowerCase(), column]));
  const found = roles.flatMap((role) => {
    const name = NAMES[role].find((candidate) => named.has(candidate));
    return name === undefined ? [] : [[role, named.get(name) ?? name] as const];
  });
  return Object.fromEntries(found);
}

/** Rows or lines of any kind: a person says which column is what. */
export const table = {
  kind: 'entries',
  id: 'table',
  layouts: ['csv', 'jsonl', 'json'],
  asks: 'plain',
  suiteKind: 'custom',
  roles: ['question', 'answer', 'passage', 'choices', 'unit', 'language', 'id'],
  fits: () => false,
  *read(entry, choice) {
    yield outcome(entry, choice);
  },
} as const satisfies EntryFormat;

function outcome(entry: unknown, { columns, unit }: ReadChoice): Outcome {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return bad(importProblem('field-wrong', { field: '', expected: 'Object', received: typeof entry }));
  }
  const cells = new Cells(entry, columns);
  const question = cells.question();
  if (question === null) return bad(importProblem('several-messages', {}, columns.question));
  const [answer, ...more] = cells.list('answer');
  const missing = question === '' ? 'question' : answer === undefined ? 'answer' : null;
  if (missing !== null || answer === undefined) {
    const field = columns[missing ?? 'answer'] ?? missing ?? 'answer';
    return bad(importProblem('field-missing', { field }, field));
  }
  const language = languageOf(cells.text('language'));
  if (language === 'unknown') {
    return bad(importProblem('unknown-language', { value: cells.text('language') }, columns.language));
  }
  const common = { id: cells.text('id') || null, language, passage: cells.text('passage') || null };
  const choices = cells.list('choices');
  if (choices.length > 0) {
    const given = cells.place(choices) ?? answer;
    return withChoices(choiceQuestion({ id: '', question, choices, answer: given, solution: '' }), common);
  }
  const ownUnit = cells.text('unit');
  const gold = goldOf(answer, ownUnit === '' ? unit : ownUnit, more);
  return gold.ok ? good({ ...common, question, gold: gold.gold }) : bad(gold.problem);
}

function withChoices(outcome: Outcome, common: Pick<Question, 'id' | 'language' | 'passage'>): Outcome {
  return outcome.ok ? { ok: true, question: { ...outcome.question, ...common } } : outcome;
}

/** The cells of an entry by what they stand for. Own keys only. */
class Cells {
  readonly #cells: ReadonlyMap<string, unknown>;
  readonly #columns: Columns;

  constructor(entry: object, columns: Columns) {
    this.#cells = new Map(Object.entries(entry));
    this.#columns = columns;
  }

  /** '' where there is no such cell or no text in it. */
  text(role: Role): string {
    return this.list(role)[0] ?? '';
  }

  /** A text, or the one message of a conversation (Inspect's `input`); null where there are several. */
  question(): string | null {
    const value = this.#value('question');
    if (!Array.isArray(value) || value.length === 0) return this.text('question');
    const messages = v.safeParse(v.array(v.object({ role: v.string(), content: v.string() })), value);
    if (!messages.success) return this.text('question');
    const [only, second] = messages.output;
    return only?.role === 'user' && second === undefined ? only.content.trim() : null;
  }

  /** The letter of the option that a whole number of JSON points to, from 0 (Hugging Face's MMLU); null: it is a text. */
  place(choices: readonly string[]): string | null {
    const value = this.#value('answer');
    const isPlace = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < choices.length;
    const areTexts = (this.#value('choices') as readonly unknown[]).every((choice) => typeof choice === 'string');
    return isPlace && areTexts ? String.fromCodePoint(65 + value) : null;
  }

  /** A list (of JSON) as its texts; a single value as a list of one. */
  list(role: Role): readonly string[] {
    const value = this.#value(role);
    return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).flatMap((one) => {
      const isText = typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean';
      return isText && String(one).trim() !== '' ? [String(one).trim()] : [];
    });
  }

  #value(role: Role): unknown {
    // Without a choice, an entry may still call its question and its answer by their names.
    const column = this.#columns[role] ?? (role === 'question' || role === 'answer' ? role : undefined);
    return column === undefined ? undefined : this.#cells.get(column);
  }
}

const LANGUAGE_NAMES: Readonly<Record<string, Language>> = {
  ...{ en: 'en', english: 'en', 'en-us': 'en', 'en-gb': 'en', 英文: 'en', 英语: 'en' },
  ...{
    zh: 'zh-Hans',
    'zh-cn': 'zh-Hans',
    'zh-hans': 'zh-Hans',
    chinese: 'zh-Hans',
    中文: 'zh-Hans',
    简体: 'zh-Hans',
    简体中文: 'zh-Hans',
  },
  ...{
    'zh-tw': 'zh-Hant',
    'zh-hk': 'zh-Hant',
    'zh-hant': 'zh-Hant',
    繁體: 'zh-Hant',
    繁体: 'zh-Hant',
    繁體中文: 'zh-Hant',
    繁体中文: 'zh-Hant',
  },
};

/** Null where the cell is empty. */
function languageOf(cell: string): Language | null | 'unknown' {
  if (cell === '') return null;
  const name = cell.toLowerCase().replaceAll('_', '-');
  const known = Object.hasOwn(LANGUAGE_NAMES, name) ? LANGUAGE_NAMES[name] : undefined;
  return known ?? LANGUAGES.find((language) => language === cell) ?? 'unknown';
}
