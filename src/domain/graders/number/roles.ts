import type { NumberToken, Token } from './tokens.ts';

const REFERENCE_BEFORE =
  /(?:\b(?:notes?|steps?|tables?|figures?|fig|pages?|sections?|chapters?|equations?|eq|lines?|appendix|cases?|methods?|examples?|parts?|stages?|phases?|versions?|ref)\.?[ ]?[(#]?|附注|附註|注释|附表|附录|步骤|图表|方法|情况|方案|(?:^|[^代])表|参见注|见注|第)[ ]?$/i;
/** "第18页", "(5)" behind a word is left alone: only what 第 counts is a place. */
const CITATION = /^\[\d{1,3}\]$/;
const LIST_MARKER = /^(?:[.)、）](?=[ \t]*\S)(?!\d)|[.)]$)/;
const LINE_START = /(?:^|\n)[ \t>*•-]{0,6}[(（]?$/;

/** Marks the numbers that only point at something: notes, steps, pages, list markers, citations. */
export function markReferences(text: string, tokens: readonly Token[]): readonly Token[] {
  let expected = 1n;
  return tokens.map((token) => {
    if (token.kind !== 'number') return token;
    const before = text.slice(Math.max(0, token.start - 14), token.start);
    const after = text.slice(token.end, token.end + 3);
    if (isMarker(token, before, after, expected)) {
      expected = (token.amount?.value.n ?? 0n) + 1n;
      return { ...token, role: 'reference' };
    }
    const cited =
      CITATION.test(text.slice(token.start - 1, token.end + 1)) && /[^\s=:：是为]$/.test(before.slice(0, -1));
    return cited || REFERENCE_BEFORE.test(before) ? { ...token, role: 'reference' } : token;
  });
}

/** "1." at the start of a line, then "2.": a list counts from one. */
function isMarker(token: NumberToken, before: string, after: string, expected: bigint): boolean {
  const value = token.amount?.value;
  if (value === undefined || value.d !== 1n || token.unit.kind !== 'none') return false;
  if (value.n !== expected && value.n !== 1n) return false;
  return LINE_START.test(before) && LIST_MARKER.test(after) && after.length > 1;
}

/** A bare whole number that may be a year: 2024, not 2,024 and not 2024.5. */
export function looksLikeYear(text: string, token: NumberToken): boolean {
  if (token.unit.kind !== 'none' || token.amount === null || token.scaleWords || token.negativeBy !== null)
    return false;
  return /^(?:19|20)\d\d$/.test(text.slice(token.start, token.end));
}
