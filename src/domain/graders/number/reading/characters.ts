/**
 * Questions about one UTF-16 unit, given as its code (NaN behind the end of a text). They are asked before any pattern
 * is tried, because a pattern costs fifty times as much and almost always fails.
 */

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A to Z, a to z. */
export function isLatin(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** A space, or the thin space that `fold` makes of every narrow one. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x2009;
}

/** What may part a number from its unit, or two words of a number. */
export function isGap(code: number): boolean {
  return isSpace(code) || code === 0x2d || code === 0x09;
}

/** Where the run of Latin letters ends that starts at `at`. */
export function lettersEnd(text: string, at: number): number {
  let end = at;
  while (isLatin(text.charCodeAt(end))) end++;
  return end;
}

/** For sets of units: `members[code]` is 1 for each unit of `units`. */
export function unitSet(units: string): Uint8Array {
  const members = new Uint8Array(0x10000);
  for (let i = 0; i < units.length; i++) members[units.charCodeAt(i)] = 1;
  return members;
}

/** `\s` of patterns. */
export function isWhiteSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code > 0x7f && /\s/.test(String.fromCharCode(code)));
}
