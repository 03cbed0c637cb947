import { type Amount, scaled } from './amount.ts';
import { equal, ONE } from './rational.ts';
import type { NumberToken } from './tokens.ts';
import { intersect, parseUnitText, type Subject, type UnitRun } from './units.ts';

/** A unit said apart from its numbers: 单位：千元, （人民币千元）, "(in millions of RMB)", "in thousands". */
const HEADER =
  /[(（]([^()（）\n]{1,40})[)）]|(?:单位|货币单位|\bunits?)\s?[:：]\s?([^\s,，。；;)）]{1,16}(?: [a-z]{2,12}){0,3})|\b(in (?:thousands|millions|billions)(?: of [a-z$]{1,12})?)\b/gi;

interface Header {
  readonly at: number;
  readonly run: UnitRun;
}

/** Gives bare numbers the unit that stands before them: on their line, or as 单位：… anywhere before. */
export function withHeaderUnits(
  text: string,
  tokens: readonly NumberToken[],
  subject: Subject,
): readonly NumberToken[] {
  const headers: Header[] = [];
  /** A table says one header many times. */
  const runs = new Map<string, UnitRun | null>();
  for (const match of text.matchAll(HEADER)) {
    const unit = match[1] ?? match[2] ?? match[3] ?? '';
    const known = runs.get(unit);
    const run = known === undefined ? parseUnitText(unit, subject) : known;
    runs.set(unit, run);
    if (run !== null) headers.push({ at: match.index, run });
  }
  if (headers.length === 0) return tokens;
  let next = 0;
  let current: Header | null = null;
  return tokens.map((token) => {
    for (let h = headers[next]; h !== undefined && h.at < token.start; h = headers[++next]) current = h;
    return current === null ? token : withUnit(token, current.run);
  });
}

/** The token read in a unit that stands elsewhere. A unit of its own that says something else contradicts it. */
export function withUnit(token: NumberToken, run: UnitRun): NumberToken {
  const amount: Amount | null = token.amount;
  if (amount === null) return token;
  const isBare =
    token.unit.kind === 'none' && !token.scaleWords && (amount.form !== 'digits' || equal(amount.scale, ONE));
  const factor = run.scale ?? ONE;
  if (!isBare) return token;
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
