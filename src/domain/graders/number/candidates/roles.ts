import type { NumberToken, Token } from '../reading/tokens.ts';

const REFERENCE_BEFORE =
  /(?:\b(?:notes?|steps?|tables?|figures?|fig|pages?|sections?|chapters?|equations?|eq|lines?|appendix|cases?|methods?|examples?|parts?|stages?|phases?|versions?|ref)\.?[ ]?[(#]?|附注|附註|注释|附表|附录|步骤|图表|方法|情况|方案|(?:^|[^代])表|参见注|见注|第)[ ]?$/i;
/** "第18页", "(5)" behind a word is left alone: only what 第 counts is a place. */
const CITATION = /^\[\d{1,3}\]$/;
const LIST_MARKER = /^(?:[.)、）](?=[ \t]*\S)(?!\d)|[.)]$)/;
const LINE_START = /(?:^|\n)[ \t>*•-]{0,6}[(（]?$/;

/** Marks the numbers that only point at something: notes, steps, pages, list markers, citations. */
export function markReferences(text: string, tokens: readonly Token[], question = ''): readonly Token[] {
  const asked = ASKS_PLACE.exec(question)?.[1]?.toLowerCase() ?? null;
  let expected = 1n;
  return tokens.map((token) => {
    if (token.kind !== 'number') return token;
    if (isMarker(text, token, expected)) {
      expected = (token.amount?.value.n ?? 0n) + 1n;
      return { ...token, role: 'reference' };
    }
    return isCited(text, token) || isNumbered(text, token, asked) ? { ...token, role: 'reference' } : token;
  });
}

/** "Which chapter?": then "Chapter 7" is the answer. */
const ASKS_PLACE =
  /\b(?:which|what) (note|step|table|figure|page|section|chapter|equation|line|appendix|case|method|example|part|stage|phase|version)\b/i;

/** "…as shown[3]" */
function isCited(text: string, { start, end }: NumberToken): boolean {
  if (text[start - 1] !== '[' || text[end] !== ']') return false;
  if (!CITATION.test(text.slice(start - 1, end + 1))) return false;
  return /[^\s=:：是为]$|[\d.。%元] $/.test(text.slice(Math.max(0, start - 3), start - 1));
}

/** The last unit of all that REFERENCE_BEFORE finds, asked first because it is asked of every number. */
const REFERENCE_END = /[a-z.#(注释表录骤法况案考见第]/i;

function isNumbered(text: string, { start }: NumberToken, asked: string | null): boolean {
  const last = text[start - 1] ?? '';
  if (!REFERENCE_END.test(last === ' ' ? (text[start - 2] ?? '') : last)) return false;
  const place = REFERENCE_BEFORE.exec(text.slice(Math.max(0, start - 14), start))?.[0];
  return place !== undefined && (asked === null || !place.toLowerCase().startsWith(asked));
}

/** "1." at the start of a line, then "2.": a list counts from one. */
function isMarker(text: string, token: NumberToken, expected: bigint): boolean {
  const value = token.amount?.value;
  if (value === undefined || value.d !== 1n || token.unit.kind !== 'none') return false;
  if (value.n !== expected && value.n !== 1n) return false;
  const after = text.slice(token.end, token.end + 3);
  if (after.length < 2 || !LIST_MARKER.test(after)) return false;
  return LINE_START.test(text.slice(Math.max(0, token.start - 14), token.start));
}

/** A bare whole number that may be a year: 2024, not 2,024 and not 2024.5. */
export function looksLikeYear(text: string, token: NumberToken): boolean {
  if (
    token.end - token.start !== 4 ||
    token.unit.kind !== 'none' ||
    token.amount === null ||
    token.scaleWords ||
    token.negativeBy !== null
  )
    return false;
  return /^(?:19|20)\d\d$/.test(text.slice(token.start, token.end));
}
