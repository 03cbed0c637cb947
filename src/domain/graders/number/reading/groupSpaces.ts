import type { Committed } from '../../../extract/commitments/commitments.ts';

/** Nothing but one number in groups of three, with a currency before it and its unit behind. */
const ALONE =
  /^[\s"'“(]*(?:-|[A-Z]{2,3}|[A-Z]{0,2}[$¥€£]|人民币|约)?[ ]?(\d{1,3}(?: \d{3})+)(?:\.\d{1,12})?(?: ?[^\d\s]{1,24}){0,4}[\s.。"'”)]*$/;

/** A currency right before it: each item of a list would have its own. */
const PAID = /(?:[$¥€£]|\b(?:RMB|CNY|USD|HKD|EUR|GBP)) ?(\d{1,3}(?: \d{3})+)(?![\d,]|\.\d{3}|[ /]\d)/g;

/** A longer text says more than one number. */
const LONGEST = 80;

/**
 * A space between groups of three digits ("9 500", "58 159 881千元") becomes the thin space that readers know as a
 * separator, where the whole text or a committed answer is that one number, or a currency stands before it; in a list
 * spaces part its items. The text keeps its length. Thin and no-break spaces group digits anywhere.
 */
export function groupSpaces(text: string, commitments: readonly Committed[]): string {
  const places = commitments.length > 0 ? commitments : [{ start: 0, end: text.length }];
  let grouped = text.replace(PAID, (paid: string, digits: string) => {
    const sign = paid.length - digits.length;
    return paid.slice(0, sign) + digits.replaceAll(' ', '\u2009');
  });
  for (const { start, end } of places) {
    if (end - start > LONGEST) continue;
    const digits = ALONE.exec(grouped.slice(start, end))?.[1];
    if (digits === undefined) continue;
    const at = text.indexOf(digits, start);
    grouped = grouped.slice(0, at) + digits.replaceAll(' ', '\u2009') + grouped.slice(at + digits.length);
  }
  return grouped;
}
