import { fold } from '../extract/text/fold.ts';
import { compare } from '../graders/number/compare.ts';
import { expectedOf, subjectOf, type Expected } from '../graders/number/expected.ts';
import { scan } from '../graders/number/reading/scan.ts';
import type { Token } from '../graders/number/reading/tokens.ts';
import type { Gold } from '../suite.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** What makes a mention a statement: a row that is copied from the table holds the gold as well and states nothing. */
const STATES =
  /(?:=|≈|→|=>|\b(?:is|was|are|were|be|equals?|gives?|gets?|got|totals?|answer|makes?|so|therefore|thus|hence)\b|[是为得共]|答案|等于|所以|因此)(?!.{0,24}(?:\bnot\b|n't|不[是为]|并非))[^\d\n]{0,24}$/i;
/** Units before the mention in which such a word may stand. */
const BEFORE = 48;

/** The last place of a cleaned text that states the gold; null where none does. */
export function lastStatement(text: string, gold: Gold): Place | null {
  const expected = expectedOf(gold);
  const isStated = ({ start }: Place): boolean => STATES.test(text.slice(Math.max(0, start - BEFORE), start));
  if (expected === null) return spellingsIn(text, gold).findLast(isStated) ?? null;
  const tokens = scan(text, subjectOf(expected));
  return tokens.findLast((token) => isStated(token) && isGold(text, token, expected)) ?? null;
}

function isGold(text: string, token: Token, expected: Expected): boolean {
  if (expected.kind === 'range') return false;
  if (expected.kind === 'date') {
    if (token.kind !== 'date') return false;
    const { year, month, day } = token.date;
    return year === expected.year && month === expected.month && day === expected.day;
  }
  if (token.kind !== 'number' || token.amount === null) return false;
  const offered = { token, amount: token.amount, text: text.slice(token.start, token.end), unitLabel: '' };
  return compare(offered, expected).right;
}

/** Every place where the gold or an alias is written, in any width, script or case. */
function spellingsIn(text: string, gold: Gold): readonly Place[] {
  const within = lowerLatin(text);
  const places = [gold.value, ...(gold.aliases ?? [])].flatMap((spelling) => {
    const wanted = lowerLatin(fold(spelling.trim()));
    const found: Place[] = [];
    for (let at = within.indexOf(wanted); wanted !== '' && at >= 0; at = within.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length;
      if (isWhole(within, at, end)) found.push({ start: at, end });
    }
    return found;
  });
  return places.sort((a, b) => a.start - b.start);
}

/** "B" in "B." and not in "Because". */
function isWhole(text: string, start: number, end: number): boolean {
  const isWord = (a: string, b: string): boolean => /[a-z0-9]/.test(a) && /[a-z0-9]/.test(b);
  return !isWord(text[start - 1] ?? ' ', text[start] ?? ' ') && !isWord(text[end - 1] ?? ' ', text[end] ?? ' ');
}

/** Small letters without a change of length: `toLowerCase` makes two units of some. */
function lowerLatin(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
