/** How much of the end is looked at, in UTF-16 units: an unfinished step is short. */
const REACH = 200;

const UNFINISHED = new RegExp(
  [
    // "18 -", "Step 3: Total =", but not a line of dashes.
    String.raw`(?:^[^\n]+|\n[^\n]*[\p{L}\d][^\n]*)[-+*/×÷=]$`,
    String.raw`\b(?:and|or|but|then|therefore|thus|hence|the|an?|of|from|minus|plus|times|by|with|we|to|is|are)$`,
    String.raw`^, ?(?:\.{3}|…)$`,
    // A step that is announced and not taken.
    String.raw`\bstep \d{1,2} ?[:：.][^\n\d]*$|步骤 ?[\d一二三四五六七八九十]{1,2} ?[:：][^\n\d]*$`,
    String.raw`\b(?:next|then|now)\b,?[^.\n\d]{0,24}\b(?:subtract|add|multiply|divide|deduct|calculate|compute)\b[^.\n\d]{0,60}:?$`,
    String.raw`(?:接下来|接着|然后|下一步|还[要需]|再)[^。，,\n\d]{0,8}[加减乘除扣算][^。\n\d]{0,16}$`,
  ].join('|'),
  'iu',
);

/** "*Note: …*": the sign of emphasis, and none of multiplication. */
const CLOSES_EMPHASIS = /(?<=\p{L}[.!?。！？]?)\*{1,3}$/u;

/** Whether a text breaks off in the middle of a calculation, seen from the end of its last value. */
export function isUnfinished(text: string, end: number): boolean {
  if (text.length - end > REACH) return false;
  return UNFINISHED.test(text.slice(end).trimEnd().replace(CLOSES_EMPHASIS, ''));
}
