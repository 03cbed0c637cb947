import { SUITE_LIMITS, type Gold } from '#domain';
import { importProblem, type ImportProblem } from './problem.ts';

/** Signs of money that may stand around a figure. */
const MONEY = /^(?:US|HK|NT)?[$¥€£]\s*|\s*[$¥€£]$/g;

/**
 * "1,234.50" → "1234.50", "$ 18" → "18", "(1,234)" → "-1234" (accountants' negative), "3/4" and "-5" as they are. Null
 * for what is not one figure. Separators must part groups of three (or of four, 1,2345, as nobody writes, is refused).
 */
export function plainNumber(text: string): string | null {
  const folded = text.normalize('NFKC').trim().replace(/[−–]/g, '-');
  const inner = /^\((.*)\)$/.exec(folded)?.[1];
  const bare = (inner ?? folded)
    .trim()
    .replace(MONEY, '')
    .replace(/^-\s*[$¥€£]\s*/, '-')
    .trim();
  if (!/^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\/\d+)?$|^[+-]?\.\d+$/.test(bare)) return null;
  const digits = bare
    .replaceAll(',', '')
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.');
  return inner === undefined || digits.startsWith('-') ? digits : `-${digits}`;
}

/** Words that people write into a column of units for a kind of answer. */
const KINDS: Readonly<Record<string, string>> = {
  ...{ number: '', none: '', 数字: '', 數字: '', 无: '', 無: '' },
  ...{ string: 'text', 文本: 'text', 文字: 'text', '%': 'percent', '％': 'percent', 百分比: 'percent', 日期: 'date' },
};

export type ReadGold =
  { readonly ok: true; readonly gold: Gold } | { readonly ok: false; readonly problem: ImportProblem };

/**
 * A gold from the text that a person wrote in a cell. `said`: `Gold.unit`, or a word for it; null: a figure is a plain number, "12.5%" a
 * percentage, all else text. `more`: further right answers.
 */
export function goldOf(text: string, said: string | null, more: readonly string[] = []): ReadGold {
  const trimmed = text.trim();
  const word = said?.toLowerCase() ?? '';
  const unit = Object.hasOwn(KINDS, word) ? (KINDS[word] ?? said) : said;
  if (unit === 'text') return { ok: true, gold: textGold(trimmed, more) };
  if (unit === null) return { ok: true, gold: guessedGold(trimmed, more) };
  if (unit === 'date') {
    return isDate(trimmed) ? { ok: true, gold: { value: trimmed, unit } } : refuse('not-a-date', trimmed);
  }
  if (unit === 'range') {
    return /^[^\s–—-]+\s*[-–—]\s*[^\s–—-]+$/.test(trimmed)
      ? { ok: true, gold: { value: trimmed, unit } }
      : refuse('not-a-range', trimmed);
  }
  const value = plainNumber(unit === 'percent' ? trimmed.replace(/\s*[%％]$/, '') : trimmed);
  return value === null ? refuse('not-a-number', trimmed) : { ok: true, gold: { value, unit } };
}

export function textGold(value: string, more: readonly string[]): Gold {
  const aliases = [...new Set(more.map((alias) => alias.trim()))]
    .filter((alias) => alias !== '' && alias !== value)
    .slice(0, SUITE_LIMITS.tags);
  return aliases.length === 0 ? { value, unit: 'text' } : { value, unit: 'text', aliases };
}

function guessedGold(text: string, more: readonly string[]): Gold {
  if (more.length > 0) return textGold(text, more);
  const number = plainNumber(text);
  // A bare year is a word rather than a quantity, and "$5" has a unit that nobody has chosen.
  if (number !== null && !/^(?:19|20)\d\d$/.test(text) && !/[$¥€£()]/.test(text)) return { value: number, unit: '' };
  const percent = /^(.*?)\s*[%％]$/.exec(text)?.[1];
  const share = percent === undefined ? null : plainNumber(percent);
  return share === null ? textGold(text, []) : { value: share, unit: 'percent' };
}

/** A day that exists, as ISO 8601 writes it. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function refuse(code: 'not-a-date' | 'not-a-range' | 'not-a-number', value: string): ReadGold {
  return { ok: false, problem: importProblem(code, { value, field: 'answer' }, 'answer') };
}
