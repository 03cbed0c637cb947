export interface Sign {
  readonly negativeBy: 'sign' | 'parentheses' | null;
  /** Where the number starts with its sign, and where it ends with its closing parenthesis. */
  readonly start: number;
  readonly end: number;
}

const WORD = /(?:\b(?:minus|negative)[ ]|负的?|零下)$/i;
const DASH = /([-–])( ?)$/;
/** What a detached minus may follow: "= - 5", "是 - 5". Elsewhere "- 5" is a bullet or a subtraction. */
const BEFORE_DETACHED = /(?:[=:：是为]|\bis) ?$/;
const BEFORE_ATTACHED = /(?:^|[\s>=:：,，(（"'“~≈一-鿿])$/;

/**
 * The sign of the number that stands at `[number, end)` and whose currency starts at `start`. `from`: the end of the
 * token before it. Parentheses around the bare number, as a table writes a negative, are reported; whether the
 * question is one of a table is for the grader to say.
 */
export function readSign(text: string, start: number, number: number, from: number, end: number): Sign {
  // "-$5" and "$-5".
  const inside = start < number && /[-–]/.test(text[number - 1] ?? '') ? start : null;
  const minus = minusBefore(text, start, from) ?? inside;
  if (minus !== null) return { negativeBy: 'sign', start: Math.min(start, minus), end };
  if (text[end] !== ')' && text[end] !== '）') return { negativeBy: null, start, end };
  const open = [start, number].find((at) => at > from && /[(（]/.test(text[at - 1] ?? ''));
  // Tables have figures, not words: 12.3%（百分之十二点三） says it again.
  const isFigure = /[\d.]/.test(text[number] ?? '');
  if (open === undefined || !isFigure || isYearBehind(text, open, number, from, end))
    return { negativeBy: null, start, end };
  return { negativeBy: 'parentheses', start: Math.min(start, open - 1), end: end + 1 };
}

/** "58,159,881 (2024)": the year of the number before it. "2024 (2012)" is a row of a table. */
function isYearBehind(text: string, open: number, number: number, from: number, end: number): boolean {
  const isYear = /^(?:19|20)\d\d$/.test(text.slice(number, end));
  const followsNumber = from > 0 && text.slice(from, open - 1).trim() === '';
  return isYear && followsNumber && !/(?<!\d)(?:19|20)\d\d$/.test(text.slice(Math.max(0, from - 5), from));
}

/** Where the minus before `at` starts, or null. */
function minusBefore(text: string, at: number, from: number): number | null {
  const last = text[at - 1] ?? '';
  if (last !== ' ' && last !== '-' && last !== '–' && last !== '负' && last !== '的' && last !== '下') return null;
  const low = Math.max(from, at - 12);
  const before = text.slice(low, at);
  const word = WORD.exec(before);
  if (word !== null) return low + word.index;
  const dash = DASH.exec(before);
  if (dash === null) return null;
  const place = low + dash.index;
  const left = text.slice(Math.max(0, place - 4), place);
  if (dash[2] === ' ') return BEFORE_DETACHED.test(left) ? place : null;
  // Something right before it is subtracted from: "16 -5".
  const subtracts = from > 0 && text.slice(from, place).trim() === '' && !text.slice(from, place).includes('\n');
  return !subtracts && BEFORE_ATTACHED.test(left) ? place : null;
}
