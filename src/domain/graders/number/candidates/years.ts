import type { YearMark } from '../../../extract/question/yearLabels.ts';
import { looksLikeYear } from './roles.ts';
import type { Token } from '../reading/tokens.ts';

const SAID_AS_YEAR = /(?:\b(?:in|since|by|year|of|from|until|during|for|fiscal|FY|between|and)\s?|[(（|]\s?|FY)$/i;
const BEHIND_YEAR = /^(?:\s?(?:年|财年|财政年度|[:：)）|]))/;
const OPENS_BRACKET = /[(（]\s?$/;
const AT_DATE = /(?:截至|截止|\b(?:ended|ending|as of|as at|at)(?: on)?)\s?$/i;

/**
 * The years that a text names: 2024年, "in 2024", FY2024, 截至2024年12月31日. `bare`: any bare 2024 counts, because
 * what is asked for carries a unit.
 */
export function yearMarks(text: string, tokens: readonly Token[], bare: boolean): readonly YearMark[] {
  return tokens.flatMap((token) => {
    const year =
      token.kind === 'date'
        ? yearOfDate(text, token)
        : bare || isYear(text, token)
          ? Number(yearOfNumber(text, token))
          : 0;
    return year >= 1900 && year < 2100 ? [{ start: token.start, end: token.end, year }] : [];
  });
}

/** "2062 (2022 red, 40 blue)": the parts of a sum. */
const COUNTED = /^ [a-z]{1,15},? (?:and )?\d/;

/** Whether a bare 2024 stands where a year stands. */
export function isYear(text: string, token: Token): boolean {
  if (token.kind !== 'number' || !looksLikeYear(text, token)) return false;
  if (
    COUNTED.test(text.slice(token.end, token.end + 24)) &&
    OPENS_BRACKET.test(text.slice(token.start - 2, token.start))
  )
    return false;
  return (
    SAID_AS_YEAR.test(text.slice(Math.max(0, token.start - 10), token.start)) ||
    BEHIND_YEAR.test(text.slice(token.end, token.end + 6))
  );
}

function yearOfNumber(text: string, token: Token): string {
  return token.kind === 'number' && looksLikeYear(text, token) ? text.slice(token.start, token.end) : '0';
}

/** A full date only says when something was said, unless a period ends with it or it labels a value in brackets. */
function yearOfDate(text: string, token: Extract<Token, { kind: 'date' }>): number {
  const { year, month } = token.date;
  const before = text.slice(Math.max(0, token.start - 12), token.start);
  const isLabel = OPENS_BRACKET.test(before) && /^\s?[:：]/.test(text.slice(token.end, token.end + 2));
  const isPeriod = month === null || isLabel || AT_DATE.test(before);
  return isPeriod || /^\s?(?:止|止年度)/.test(text.slice(token.end, token.end + 3)) ? (year ?? 0) : 0;
}
