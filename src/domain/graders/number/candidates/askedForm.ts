import { plainAmount } from '../reading/amount.ts';
import { equal, ONE, rational } from '../reading/rational.ts';
import { looksLikeYear } from './roles.ts';
import type { NumberToken, Token } from '../reading/tokens.ts';
import { UNITS } from '../units/unitNames.ts';

const ASKS_YEAR = /\b(?:which|what) year\b|哪一?年|何年/i;
const ASKS_HOUR = /\b(?:what|which) (?:time|hour)\b|\bwhen\b|几点/i;
const FULL_HOUR = /^(\d{1,2}):00$/;
/** "How long is it in m?", "how many dollars". */
const ASKED_UNIT = /\b(?:in|how many) ([a-z]{1,12})(?=\s?[?.]?$| (?:is|are|does|do|did|will|has|was|were)\b)/i;
/** Dollars, and no cents anywhere. */
const IN_DOLLARS = /^(?!.*(?:\bcents?\b|¢|\bpenn)).*(?:[$]|\bdollars?\b)/is;
const PERIOD = /\b(?:per|an?|each|every) (minute|hour|day|week|month|year)\b|每个?(分钟|小时|天|日|周|星期|月|年)/gi;
const PERIOD_BEHIND = /^ ?(?:per|an?|each|every) ([a-z]{2,12})\b/i;
const PERIOD_BEFORE = /每个?(分钟|小时|天|日|周|星期|月|年)[^\d，。；,.;\n]{0,8}$/;
const NAMES: Readonly<Record<string, string>> = {
  ...{ 分钟: 'minute', 小时: 'hour', 天: 'day', 日: 'day', 周: 'week', 星期: 'week', 月: 'month', 年: 'year' },
};
const TIMES = new Set(['minute', 'hour', 'day', 'week', 'month', 'year']);

/**
 * Numbers in the form that the question asks for: years only, where it asks for a year; 5:00 as 5, where it asks for the
 * hour; and a unit or period that contradicts the asked one is marked as a contradiction ("29 cents" for dollars).
 */
export function inAskedForm(text: string, question: string, tokens: readonly Token[]): readonly Token[] {
  if (question === '') return tokens;
  const asksYear = ASKS_YEAR.test(question);
  const hasYear = asksYear && tokens.some((t) => t.kind === 'date' || looksLikeYear(text, t));
  const asksHour = ASKS_HOUR.test(question);
  const sentence = question.slice(question.search(/[^.!?。？！]*[?？]?\s*$/));
  const named = ASKED_UNIT.exec(sentence.trim())?.[1]?.toLowerCase();
  const unit = UNITS.get(named ?? (IN_DOLLARS.test(question) ? '$' : ''));
  const period = periodIn(sentence.slice(Math.max(0, sentence.search(/\b(?:how|what)\b|多少|几/i))));
  return tokens.map((token) => {
    if (token.kind !== 'number') return token;
    if (hasYear && !looksLikeYear(text, token)) return { ...token, role: 'operand' };
    const hour = asksHour ? FULL_HOUR.exec(text.slice(token.start, token.end))?.[1] : undefined;
    if (hour !== undefined) return { ...token, amount: plainAmount(rational(BigInt(hour)), ONE, 2) };
    const isOther = isOtherUnit(token, unit) || (period !== null && isOtherPeriod(text, token, period, sentence));
    return isOther ? { ...token, contradiction: true } : token;
  });
}

/** "8 cm" for metres, "29 cents" for dollars. */
function isOtherUnit({ unit }: NumberToken, asked: NumberToken['unit'] | undefined): boolean {
  if (asked === undefined || unit.kind === 'none' || asked.kind === 'none' || unit.kind !== asked.kind) return false;
  if (unit.kind === 'measure' && asked.kind === 'measure' && unit.dimension !== asked.dimension) return false;
  return !equal(unit.factor, asked.factor);
}

/** The one period that a question asks for, or null. */
function periodIn(sentence: string): string | null {
  const periods = new Set([...sentence.matchAll(PERIOD)].map((m) => NAMES[m[2] ?? ''] ?? m[1]?.toLowerCase() ?? ''));
  const [period = null] = periods;
  return periods.size === 1 ? period : null;
}

/** "$18 a week" and "$18 per egg" where a day is asked for. */
function isOtherPeriod(text: string, { start, end }: NumberToken, asked: string, sentence: string): boolean {
  const behind = PERIOD_BEHIND.exec(text.slice(end, end + 20));
  const before = PERIOD_BEFORE.exec(text.slice(Math.max(0, start - 14), start))?.[1];
  const said = behind?.[1]?.toLowerCase() ?? NAMES[before ?? ''];
  if (said === undefined || said === asked) return false;
  return TIMES.has(said) || (/^ ?per/i.test(behind?.[0] ?? '') && !sentence.toLowerCase().includes(said));
}
