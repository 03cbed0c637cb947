import { type Amount, exactAmount, plainAmount, type Read, spokenAmount } from './amount.ts';
import { isGap, isLatin, isSpace, lettersEnd } from './characters.ts';
import { ORDINAL_WORDS, ordinalAlone, ordinalAmount, ordinalBehind } from './ordinals.ts';
import { add, decimal, multiply, powerOfTen, rational, type Rational } from './rational.ts';

const ONES = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const SCALES: Readonly<Record<string, bigint>> = {
  thousand: 1000n,
  million: 1_000_000n,
  billion: 1_000_000_000n,
  trillion: 1_000_000_000_000n,
};
const PARTS: Readonly<Record<string, bigint>> = {
  ...{ half: 2n, halves: 2n, third: 3n, quarter: 4n, fourth: 4n, fifth: 5n, sixth: 6n, seventh: 7n, eighth: 8n },
  ...{ ninth: 9n, tenth: 10n, twelfth: 12n, hundredth: 100n },
};

const VALUES: ReadonlyMap<string, bigint> = new Map([
  ...ONES.map((word, i) => [word, BigInt(i)] as const),
  ...TENS.flatMap((word, i) => (word === '' ? [] : [[word, BigInt(i * 10)] as const])),
]);

const OPENERS = new Set([
  ...[...VALUES.keys(), ...Object.keys(PARTS), ...ORDINAL_WORDS, 'a', 'an', 'hundred', 'hundreds'],
  ...Object.keys(SCALES).flatMap((scale) => [scale, `${scale}s`]),
]);

/** Whether a number in words can start with this word, in lower case: asked of every word before the slower readers. */
export function opensNumber(word: string): boolean {
  return OPENERS.has(word);
}

interface Word {
  readonly word: string;
  readonly end: number;
}

/** Letters of the longest word that is read. */
const LONGEST_WORD = 11;

/**
 * Reads a number in English words at `at` (the start of a word): "two hundred and five", "two and a half"; with
 * `ordinals` also "fifth".
 */
export function readEnglish(text: string, at: number, ordinals: boolean): Read | null {
  const first = wordAt(text, at);
  if (first === null) return null;
  if (first.word === 'half') return { amount: weakFraction(rational(1n, 2n)), end: skipOfA(text, first.end) };
  if (first.word === 'a') {
    const counted = readAfterArticle(text, first.end);
    if (counted !== null) return counted;
  }
  const place = ordinals ? ordinalAlone(first.word) : undefined;
  if (place !== undefined) return { amount: ordinalAmount(place), end: first.end };
  const whole = readWhole(text, at);
  if (whole === null) return null;
  return (
    readYear(text, whole) ??
    readOrdinal(text, whole) ??
    readPoint(text, whole) ??
    readPart(text, whole) ?? { amount: integer(whole), end: whole.end }
  );
}

/** "a dozen", "a third". */
function readAfterArticle(text: string, at: number): Read | null {
  const next = wordAt(text, at);
  if (next?.word === 'dozen') return { amount: spokenAmount(rational(12n), false), end: next.end };
  const bottom = PARTS[next?.word ?? ''];
  return next === null || bottom === undefined ? null : { amount: weakFraction(rational(1n, bottom)), end: next.end };
}

/** "nineteen ninety-eight", "twenty twenty-four"; but "twenty twenty-dollar bills". */
function readYear(text: string, whole: Whole): Read | null {
  if (whole.words !== 1 || whole.value < 18n || whole.value > 20n || text[whole.end] !== ' ') return null;
  const rest = readWhole(text, whole.end);
  if (rest === null || rest.value < 10n || rest.value > 99n || text[rest.end] === '-') return null;
  return { amount: exactAmount(rational(whole.value * 100n + rest.value)), end: rest.end };
}

/** "twenty-first", "one hundred and fifth". */
function readOrdinal(text: string, whole: Whole): Read | null {
  const next = wordAt(text, whole.end);
  const isJoined = text[whole.end] === '-' && whole.value >= 20n;
  const last = next?.word === 'and' && whole.value >= 100n ? wordAt(text, next.end) : isJoined ? next : null;
  const added = last === null || last.word === 'second' ? null : ordinalBehind(whole.value, last.word);
  return last === null || added === null ? null : { amount: ordinalAmount(whole.value + added), end: last.end };
}

interface Whole {
  readonly value: bigint;
  readonly end: number;
  readonly words: number;
}

function integer(whole: Whole): Amount {
  return spokenAmount(rational(whole.value), whole.words === 1 && whole.value <= 12n);
}

/** The longest integer in words. "and" only joins what follows a hundred or a scale. */
function readWhole(text: string, at: number): Whole | null {
  let [total, section, end, words] = [0n, 0n, at, 0];
  /** What may follow: a smaller part than the last one. */
  let room = 1000n;
  let lastScale = 10n ** 15n;
  for (;;) {
    let next = wordAt(text, end);
    if (words > 0 && next?.word === 'and' && room >= 100n) next = wordAt(text, next.end);
    if (next === null || words > 30) break;
    const isArticle = next.word === 'a' && words === 0;
    const value = isArticle ? 1n : VALUES.get(next.word);
    const scale = value === undefined ? SCALES[withoutS(next.word)] : undefined;
    if (value !== undefined) {
      if (value >= room || (value === 0n && words > 0)) break;
      section += value;
      room = value >= 20n ? 10n : value === 0n ? 0n : 1n;
      if (isArticle) {
        const after = wordAt(text, next.end)?.word ?? '';
        if (after !== 'hundred' && SCALES[after] === undefined) return null;
      }
    } else if (next.word === 'hundred' && section > 0n && section < 100n) {
      section *= 100n;
      room = 100n;
    } else if (scale !== undefined && section > 0n && scale < lastScale) {
      total += section * scale;
      [section, room, lastScale] = [0n, 1000n, scale];
    } else break;
    end = next.end;
    words++;
  }
  return words === 0 ? null : { value: total + section, end, words };
}

/** "three point five", "fifty-eight point one six billion". */
function readPoint(text: string, whole: Whole): Read | null {
  let next = wordAt(text, whole.end);
  if (next?.word !== 'point') return null;
  let places = '';
  let end = whole.end;
  for (next = wordAt(text, next.end); next !== null; next = wordAt(text, end)) {
    const digit = VALUES.get(next.word);
    if (digit === undefined || digit > 9n) break;
    places += digit.toString();
    end = next.end;
  }
  if (places === '') return null;
  const shown = `${whole.value}${places}`.replace(/^0+/, '').length;
  return { amount: plainAmount(decimal(`${whole.value}.${places}`), powerOfTen(-places.length), shown), end };
}

/** "two thirds", "two and a half", "two and two thirds". */
function readPart(text: string, whole: Whole): Read | null {
  const next = wordAt(text, whole.end);
  if (next === null) return null;
  const bottom = PARTS[next.word] ?? PARTS[withoutS(next.word)];
  if (bottom !== undefined && whole.words === 1 && whole.value > 0n) {
    return { amount: exactAmount(rational(whole.value, bottom)), end: next.end };
  }
  if (next.word !== 'and') return null;
  const top = wordAt(text, next.end);
  const under = top === null ? null : wordAt(text, top.end);
  const numerator = top?.word === 'a' || top?.word === 'one' ? 1n : VALUES.get(top?.word ?? '');
  const denominator = PARTS[under?.word ?? ''] ?? PARTS[withoutS(under?.word ?? '')];
  if (numerator === undefined || denominator === undefined || under === null) return null;
  const value = add(rational(whole.value), rational(numerator, denominator));
  return { amount: exactAmount(value), end: under.end };
}

function withoutS(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** "half an hour", "half of". */
function skipOfA(text: string, end: number): number {
  return end + (/^ an?(?= [a-z])/i.exec(text.slice(end, end + 8))?.[0].length ?? 0);
}

function weakFraction(value: Rational): Amount {
  return { ...exactAmount(value), weak: true };
}

/** The word at `at`, before which two spaces or hyphens may stand. One letter is no word, except "a". */
function wordAt(text: string, at: number): Word | null {
  let start = at;
  while (start < at + 2 && isGap(text.charCodeAt(start))) start++;
  const end = lettersEnd(text, start);
  if (end === start || end - start > LONGEST_WORD) return null;
  const word = text.slice(start, end).toLowerCase();
  return word.length > 1 || word === 'a' ? { word, end } : null;
}

/** Scale words behind digits: "58.16 billion", "RMB 58.2bn", "5 hundred", "2 dozen". */
const AFTER_DIGITS: Readonly<Record<string, Rational>> = {
  ...{ hundred: powerOfTen(2), thousand: powerOfTen(3), million: powerOfTen(6), billion: powerOfTen(9) },
  ...{ trillion: powerOfTen(12), dozen: rational(12n), lakh: powerOfTen(5), crore: powerOfTen(7) },
  ...{ bn: powerOfTen(9), mn: powerOfTen(6), mln: powerOfTen(6), mio: powerOfTen(6), bln: powerOfTen(9) },
  ...{ tn: powerOfTen(12), trn: powerOfTen(12), k: powerOfTen(3) },
};
/** One letter that means a scale only where money is spoken of: 5 m may be metres, 7B the name of a model. */
const AFTER_MONEY: Readonly<Record<string, Rational>> = {
  ...{ m: powerOfTen(6), mm: powerOfTen(6), b: powerOfTen(9), t: powerOfTen(12) },
};

export interface ScaleWord {
  readonly factor: Rational;
  readonly end: number;
}

/** Whether this word, in lower case, is a scale of any kind. */
export function opensEnglishScale(word: string): boolean {
  return AFTER_DIGITS[singular(word)] !== undefined || AFTER_MONEY[word] !== undefined || word === 'ten';
}

function singular(word: string): string {
  return word.length > 3 ? withoutS(word) : word;
}

/** The English scale word at `at`, with the space before it. */
export function readEnglishScale(text: string, at: number, money: boolean): ScaleWord | null {
  const next = wordAt(text, at) ?? letterAt(text, at);
  if (next === null) return null;
  // 5,815.9 ten thousand yuan: 万.
  if (money && next.word === 'ten') {
    const thousand = wordAt(text, next.end)?.word === 'thousand' ? wordAt(text, next.end) : null;
    return thousand === null ? null : { factor: powerOfTen(4), end: thousand.end };
  }
  const word = singular(next.word);
  const factor = AFTER_DIGITS[word] ?? (money ? AFTER_MONEY[word] : undefined);
  if (factor === undefined) return null;
  const further = readEnglishScale(text, next.end, false);
  if (further === null || word.length < 4) return { factor, end: next.end };
  return { factor: multiply(factor, further.factor), end: further.end };
}

function letterAt(text: string, at: number): Word | null {
  const start = isSpace(text.charCodeAt(at)) ? at + 1 : at;
  const letter = text[start]?.toLowerCase() ?? '';
  const isScale = letter === 'k' || letter === 'm' || letter === 'b' || letter === 't';
  return isScale && !isLatin(text.charCodeAt(start + 1)) ? { word: letter, end: start + 1 } : null;
}
