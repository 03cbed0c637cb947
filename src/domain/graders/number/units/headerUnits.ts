import { scaled } from '../reading/amount.ts';
import { equal, ONE } from '../reading/rational.ts';
import type { NumberToken } from '../reading/tokens.ts';
import { intersect, parseUnitText, type Subject, type UnitRun } from './units.ts';

/** What tells a unit in so many words, wherever it stands: 单位：千元, 币种为美元, 以万元为单位, 按万元计. */
const TOLD = String.raw`(?:单位|币种|货币|\bunits?|\bcurrency)\s?(?:[:：为是]|is\b)\s?([^\s,，。；;)）]{1,16}(?: [a-z]{2,12}){0,3})|[以按]([^\s,，。；;()（）\d]{1,10})(?:为单位|计价?(?=[\s,，。；;：:]|$))`;
const CURRENCY = String.raw`(?:US|U\.S\.|American|Hong Kong|Canadian|Australian|Singapore) dollars|USD|HKD|CNY|RMB|yuan|euros|EUR|GBP|yen`;
/** A unit said apart from its numbers, also （人民币千元）, "(in millions of RMB)", "in thousands", "in US dollars". */
const HEADER = new RegExp(
  String.raw`[(（]([^()（）\n]{1,40})[)）]|${TOLD}|\b(in (?:thousands|millions|billions)(?: of [a-z$]{1,12})?)\b|\bin (${CURRENCY})(?![\w'])`,
  'gi',
);
const IS_TOLD = new RegExp(`^[(（]?(?:${TOLD})`, 'i');

interface Header {
  readonly at: number;
  readonly run: UnitRun;
  readonly isTold: boolean;
}

function headersOf(text: string, subject: Subject): readonly Header[] {
  const headers: Header[] = [];
  /** A table says one header many times. */
  const runs = new Map<string, UnitRun | null>();
  for (const match of text.matchAll(HEADER)) {
    const unit = match.slice(1).find((group) => group !== undefined) ?? '';
    const known = runs.get(unit);
    const run = known === undefined ? parseUnitText(unit, subject) : known;
    runs.set(unit, run);
    if (run !== null) headers.push({ at: match.index, run, isTold: IS_TOLD.test(match[0]) });
  }
  return headers;
}

/**
 * Gives numbers the unit that stands before them: on their line, or told anywhere before. One that is told behind all
 * of them ("58,159,881。单位为万元。") is that of those that have none.
 */
export function withHeaderUnits(
  text: string,
  tokens: readonly NumberToken[],
  subject: Subject,
): readonly NumberToken[] {
  const headers = headersOf(text, subject);
  if (headers.length === 0) return tokens;
  const end = tokens.at(-1)?.end ?? 0;
  let next = 0;
  let current = headers.find((header) => header.isTold && header.at >= end);
  return tokens.map((token) => {
    for (let h = headers[next]; h !== undefined && h.at < token.start; h = headers[++next]) current = h;
    if (current === undefined) return token;
    return current.isTold && isDenied(token, current.run)
      ? { ...token, contradiction: true }
      : withUnit(token, current.run);
  });
}

/** 58千元, where 美元 is told to be the currency: a word for several currencies, of which it is none. */
function isDenied({ unit }: NumberToken, told: UnitRun): boolean {
  if (unit.kind !== 'money' || told.unit.kind !== 'money') return false;
  return unit.currencies.length > 1 && intersect(unit, told.unit) === null;
}

/**
 * The token read in a unit that stands elsewhere. One with a scale of its own takes the currency only (营业收入（美元）:
 * 58千), and one with a word for several currencies is narrowed to it (58千元, 币种为美元).
 */
export function withUnit(token: NumberToken, run: UnitRun): NumberToken {
  const { amount, unit } = token;
  if (amount === null) return token;
  const isBare = unit.kind === 'none' && !token.scaleWords && (amount.form !== 'digits' || equal(amount.scale, ONE));
  const factor = run.scale ?? ONE;
  if (!isBare) {
    if (run.unit.kind !== 'money') return token;
    const narrowed = unit.kind === 'none' ? run.unit : intersect(unit, run.unit);
    return narrowed === null ? token : { ...token, unit: narrowed };
  }
  return {
    ...token,
    amount: scaled(amount, factor, ''),
    scaleWords: !equal(factor, ONE),
    unit: run.unit,
    contradiction: run.contradiction,
  };
}

/** Whether a number with its own unit says the same as a unit that stands beside it. */
export function contradicts(token: NumberToken, run: UnitRun): boolean {
  if (token.unit.kind === 'none' || run.unit.kind === 'none') return false;
  if (token.unit.kind !== run.unit.kind) return true;
  return token.unit.kind === 'money' && intersect(token.unit, run.unit) === null;
}
