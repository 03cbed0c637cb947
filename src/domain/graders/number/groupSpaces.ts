import type { Committed } from '../../extract/commitments.ts';

/** Nothing but one number in groups of three, with a currency before it and its unit behind. */
const ALONE =
  /^[\s"'“(]*(?:-|[A-Z]{2,3}|[A-Z]{0,2}[$¥€£]|人民币|约)?[ ]?(\d{1,3}(?: \d{3})+)(?:\.\d{1,12})?(?: ?[^\d\s]{1,24}){0,4}[\s.。"'”)]*$/;

/** A longer text says more than one number. */
const LONGEST = 80;

/**
 * A space between groups of three digits ("9 500", "58 159 881千元") becomes the thin space that readers know as a
 * separator, where the whole text or a committed answer is that one number; in a list spaces part its items. The text
 * keeps its length. Thin and no-break spaces group digits anywhere.
 */
export function groupSpaces(text: string, commitments: readonly Committed[]): string {
  const places = commitments.length > 0 ? commitments : [{ start: 0, end: text.length }];
  let grouped = text;
  for (const { start, end } of places) {
    if (end - start > LONGEST) continue;
    const digits = ALONE.exec(text.slice(start, end))?.[1];
    if (digits === undefined) continue;
    const at = text.indexOf(digits, start);
    grouped = grouped.slice(0, at) + digits.replaceAll(' ', '\u2009') + grouped.slice(at + digits.length);
  }
  return grouped;
}
