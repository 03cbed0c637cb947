import { multiply, powerOfTen, type Rational } from '../reading/rational.ts';
import type { NumberToken, Token } from '../reading/tokens.ts';

/** A range, or a lone number where a range was asked for (then `bounds` is null: it is none). */
export interface RangeToken {
  readonly kind: 'range';
  readonly start: number;
  readonly end: number;
  readonly bounds: { readonly low: Rational; readonly high: Rational } | null;
}

const DASH = /^[ \u2009]?(?:[-–—~]{1,2}|至|到|(?:up )?to|through)[ \u2009]?$/;
/** 10 ≤ x ≤ 20 */
const INEQUALITY = /^ ?(?:≤|<=?) ?[a-z] ?(?:≤|<=?) ?$/i;
/** "at least 10 and at most 20", "Min: 10, Max: 20" */
const LEAST = /(?:\bat least|\bmin(?:imum)?(?: of| is|[:：])?|至少|不低于|最[低小少](?:值|是|为|[:：])?) ?$/i;
const MOST =
  /^[,，;；]? ?(?:and |且)?(?:at most|(?:a |the )?max(?:imum)?(?: of| is|[:：])?|至多|不[高超]过?于?|最[高大多](?:值|是|为|[:：])?) ?$/i;
/** "10 (minimum) to 20" */
const REMARK = /^ ?\([a-z]{2,12}\)/i;
const AND = /^[ ]?(?:and|和|与|,)[ ]?$/;
const BETWEEN = /(?:\bbetween|介于|在)[ ]?$/i;
const INTERVAL = /\[$/;

/** Pairs the numbers of a text into ranges: 10–20, "10 to 20", 10至20, "between 10 and 20", "[10, 20]", 10 ≤ x ≤ 20. */
export function readRange(text: string, tokens: readonly Token[]): readonly RangeToken[] {
  const ranges: RangeToken[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const first = tokens[i];
    const second = tokens[i + 1];
    if (first?.kind !== 'number') continue;
    const range = second?.kind === 'number' ? pair(text, first, second) : null;
    ranges.push(range ?? { kind: 'range', start: first.start, end: first.end, bounds: null });
    if (range === null) continue;
    i++;
    // "10–20–30" is none.
    const third = tokens[i + 1];
    const isChain = second?.kind === 'number' && third?.kind === 'number' && pair(text, second, third) !== null;
    if (isChain) ranges[ranges.length - 1] = { ...range, bounds: null };
  }
  return ranges;
}

function pair(text: string, first: NumberToken, second: NumberToken): RangeToken | null {
  // In "10-20" the dash is no sign; in "-5 to 5" it is one.
  const dashed = second.negativeBy === 'sign' && /\d$/.test(text.slice(0, first.end)) && first.end === second.start;
  const gap = text.slice(first.end, second.start).replace(REMARK, '');
  const before = text.slice(Math.max(0, first.start - 16), first.start);
  const bracketed = INTERVAL.test(before) && text[second.end] === ']';
  const joined = AND.test(gap) && (gap.includes(',') ? bracketed : BETWEEN.test(before));
  const limited = INEQUALITY.test(gap) || (MOST.test(gap) && LEAST.test(before));
  if (!dashed && !DASH.test(gap) && !joined && !limited) return null;
  const high = valueOf(second, dashed);
  // "10–20%": the unit behind the second bound is that of both.
  const low = valueOf(first.unit.kind === 'none' ? { ...first, unit: second.unit } : first, false);
  return {
    kind: 'range',
    start: first.start,
    end: second.end,
    bounds: low === null || high === null ? null : { low, high },
  };
}

/** Percent as a ratio, so that 10–20% is not 10–20; other units do not count. */
function valueOf(token: NumberToken, dashed: boolean): Rational | null {
  if (token.amount === null) return null;
  const sign = dashed ? multiply(token.amount.value, { n: -1n, d: 1n }) : token.amount.value;
  return token.unit.kind === 'percent' ? multiply(multiply(sign, token.unit.factor), powerOfTen(-2)) : sign;
}
