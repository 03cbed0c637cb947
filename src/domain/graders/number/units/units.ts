import { isDigit, isGap, isLatin, isSpace, lettersEnd, unitSet } from '../reading/characters.ts';
import { scaleOf, scaleWordLength } from '../reading/chineseScale.ts';
import { BEFORE_NUMBERS } from './currencyNames.ts';
import { opensEnglishScale, readEnglishScale } from '../reading/english.ts';
import { multiply, powerOfTen, type Rational } from '../reading/rational.ts';
import { type Dimension, NO_UNIT, type Unit, UNITS } from './unitNames.ts';

/** What the gold is about: decides what 分, m and "pound" mean. */
export type Subject = 'money' | Dimension | 'other';

/** Scale and unit words in a row: " billion yuan", "千元人民币", "RMB'000". */
export interface UnitRun {
  /** Product of the scale words; null where there are none. */
  readonly scale: Rational | null;
  readonly unit: Unit;
  /** Two words that contradict each other: "US$58.16 billion yuan". */
  readonly contradiction: boolean;
  readonly end: number;
}

/** "km", "m/s", "p.p.", "m^2", "m2" (but not the "h3" of "3h30m"). */
const LATIN_WORD = /(?:° ?[cf](?![a-z])|[a-z°℃℉][a-z./^°$¥]*)(?:[23](?![\da-z]))?/iy;
/** What it starts with besides a letter. */
const OPENS_LATIN_WORD: ReadonlySet<string | undefined> = new Set('°℃℉');
const CONNECTOR = /[ \u2009]?(?:of|in|per|\/)?[ \u2009]{0,2}/y;
const THOUSANDS = /[ \u2009]?'000s?(?!\d)/y;
const FILLER =
  /(?:[ \u2009\n,，:：、()*"-]|\b(?:in|of|the|units?|currency|expressed|all|amounts)\b|单位|货币|以|为|计)+/iy;

/** The first words of the names in Latin letters, and of those that have several words. */
const FIRST_WORDS = new Set([...UNITS.keys()].map((name) => name.split(' ')[0] ?? ''));
const OPENS_SEVERAL = new Set([...UNITS.keys()].filter((name) => name.includes(' ')).map((name) => name.split(' ')[0]));
/** The letters that the names in Latin letters start with: "us" of "us$", "m" of "m^2". */
const FIRST_LETTERS = new Set([...UNITS.keys()].map((name) => name.slice(0, lettersEnd(name, 0))));

function opensName(word: string): boolean {
  return FIRST_WORDS.has(word) || FIRST_WORDS.has(withoutMarks(word));
}

/** "km." and "US$/" as "km" and "US". */
function withoutMarks(name: string): string {
  return /[.$/]/.test(name[name.length - 1] ?? '') ? name.replace(/[.$/]+$/, '') : name;
}

/** The names that start with a unit that is no Latin letter, by that unit; the longest one first. */
const NAMES_FROM: ReadonlyMap<string, readonly string[]> = namesFrom(['分', '时', ...UNITS.keys()]);
const OPENS_SYMBOL = unitSet([...NAMES_FROM.keys(), '十百千万亿兆拾佰仟', "'"].join(''));

function namesFrom(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const from = new Map<string, readonly string[]>();
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    const [first = ''] = name;
    if (!/[a-z]/.test(first)) from.set(first, [...(from.get(first) ?? []), name]);
  }
  return from;
}

/** What a scale or a unit can start with at `at`, before which a space may stand; null where none does. */
function pieceOpener(text: string, at: number): 'word' | 'symbol' | null {
  let start = at;
  while (start < at + 2 && isGap(text.charCodeAt(start))) start++;
  const code = text.charCodeAt(start);
  if (!isLatin(code)) return OPENS_SYMBOL[code] === 1 ? 'symbol' : null;
  const word = text.slice(start, lettersEnd(text, start)).toLowerCase();
  return FIRST_LETTERS.has(word) || opensEnglishScale(word) ? 'word' : null;
}

/** Reads the scale and unit words behind a number. `end` is `at` where there are none. */
export function readUnits(text: string, at: number, subject: Subject): UnitRun {
  let run: UnitRun = { scale: null, unit: NO_UNIT, contradiction: false, end: at };
  for (let pieces = 0; pieces < 4; pieces++) {
    const start = pieces === 0 ? at : skipConnector(text, run.end);
    const next =
      readPiece(text, start, subject, run.unit) ??
      (start === run.end ? null : readPiece(text, run.end, subject, run.unit));
    const joined = next === null ? null : joinPieces(run, next);
    if (joined === null) break;
    run = joined;
  }
  return run;
}

/** A connector starts with one of these. */
const OPENS_CONNECTOR = unitSet(' \u2009oip/');

function skipConnector(text: string, at: number): number {
  return OPENS_CONNECTOR[text.charCodeAt(at)] === 1 ? skip(CONNECTOR, text, at) : at;
}

/** A text that is nothing but scale and unit words: "亿元", "RMB'000", "in thousands of RMB". Null where it is more. */
export function parseUnitText(text: string, subject: Subject): UnitRun | null {
  let run: UnitRun = { scale: null, unit: NO_UNIT, contradiction: false, end: 0 };
  let at = skip(FILLER, text, 0);
  while (at < text.length) {
    const next = readPiece(text, at, subject, run.unit) ?? chineseScale(text, at);
    const joined = next === null ? null : joinPieces(run, next);
    if (joined === null) return null;
    run = joined;
    at = skip(FILLER, text, run.end);
  }
  return run.scale === null && run.unit.kind === 'none' ? null : run;
}

interface Piece {
  readonly scale: Rational | null;
  readonly unit: Unit;
  readonly end: number;
}

function joinPieces(run: UnitRun, next: Piece): UnitRun | null {
  if (next.scale !== null && run.scale !== null) return null;
  const scale = next.scale ?? run.scale;
  const { unit: own, contradiction } = run;
  if (next.unit.kind === 'none') return { scale, unit: own, contradiction, end: next.end };
  if (own.kind === 'none') return { scale, unit: next.unit, contradiction, end: next.end };
  if (own.kind !== 'money' || next.unit.kind !== 'money') return null;
  const both = intersect(own, next.unit);
  return { scale, unit: both ?? own, contradiction: contradiction || both === null, end: next.end };
}

/** The currencies that both words allow; null where there is none. */
export function intersect(a: Unit, b: Unit): Unit | null {
  if (a.kind !== 'money' || b.kind !== 'money') return null;
  const currencies = a.currencies.filter((c) => b.currencies.includes(c));
  return currencies.length === 0 ? null : { ...a, currencies, factor: multiply(a.factor, b.factor) };
}

function readPiece(text: string, at: number, subject: Subject, before: Unit): Piece | null {
  const opener = pieceOpener(text, at);
  if (opener === null) return null;
  const thousands = text[at] === "'" || text[at + 1] === "'" ? skip(THOUSANDS, text, at) : at;
  if (thousands > at) return { scale: powerOfTen(3), unit: NO_UNIT, end: thousands };
  const money = subject === 'money' || before.kind === 'money';
  const scale = opener === 'word' ? readEnglishScale(text, at, money) : null;
  const named = readName(text, at, subject);
  // The longer word wins: "mm" is a unit before it is a scale, unless money is spoken of.
  if (scale !== null && (named === null || (money && scale.end >= named.end))) {
    return { scale: scale.factor, unit: NO_UNIT, end: scale.end };
  }
  if (named !== null) return named;
  return money && before.kind === 'money' ? chineseScale(text, at) : null;
}

function chineseScale(text: string, at: number): Piece | null {
  const length = scaleWordLength(text, at);
  if (length === 0) return null;
  const end = at + length;
  return { scale: scaleOf(text.slice(at, end)), unit: NO_UNIT, end };
}

/** Codes and signs: before a number they are its own, however near the number before them stands. */
const PREFIX_ONLY = new Set(BEFORE_NUMBERS.filter((name) => name === '人民币' || !/[\u4e00-\u9fff]/.test(name)));

/** The longest unit name at `at`, after at most two spaces. */
function readName(text: string, at: number, subject: Subject): Piece | null {
  let start = at;
  while (start < at + 2 && (isSpace(text.charCodeAt(start)) || text[start] === '-')) start++;
  LATIN_WORD.lastIndex = start;
  if (!OPENS_LATIN_WORD.has(text[start]) && !isLatin(text.charCodeAt(start))) return readSymbols(text, start, subject);
  if (!LATIN_WORD.test(text)) return readSymbols(text, start, subject);
  const wordEnd = LATIN_WORD.lastIndex;
  const first = spelled(text.slice(start, wordEnd));
  const ends = [wordEnd];
  if (isLatin(text.charCodeAt(wordEnd)) || !opensName(first)) return null;
  while (ends.length < 4 && OPENS_SEVERAL.has(first)) {
    const word = /^[ -][a-z]{1,12}(?![a-z])/i.exec(text.slice(ends[0] ?? 0, (ends[0] ?? 0) + 14))?.[0];
    if (word === undefined) break;
    ends.unshift((ends[0] ?? 0) + word.length);
  }
  for (const end of ends) {
    const name = spelled(text.slice(start, end));
    const unit = lookUp(name, subject) ?? lookUp(withoutMarks(name), subject);
    // "581.6亿元 US$8bn": a sign before the next number is not the unit of this one.
    if (unit !== null && isBeforeNumber(text, end) && PREFIX_ONLY.has(name)) return null;
    if (unit !== null) return { scale: null, unit, end: name.endsWith('.') ? end - 1 : end };
  }
  return null;
}

/** "Light-years" and "° C" as the table has them: "light years", "°c". */
function spelled(written: string): string {
  return written.toLowerCase().replaceAll('-', ' ').replace('° ', '°');
}

function isBeforeNumber(text: string, at: number): boolean {
  return isDigit(text.charCodeAt(text[at] === ' ' ? at + 1 : at));
}

function readSymbols(text: string, start: number, subject: Subject): Piece | null {
  for (const name of NAMES_FROM.get(text[start] ?? '') ?? []) {
    const unit = text.startsWith(name, start) ? lookUp(name, subject) : null;
    if (unit === null) continue;
    const end = start + name.length;
    return isBeforeNumber(text, end) && PREFIX_ONLY.has(name) ? null : { scale: null, unit, end };
  }
  return null;
}

function lookUp(name: string, subject: Subject): Unit | null {
  if (name === '分') {
    if (subject === 'time') return UNITS.get('分钟') ?? null;
    return subject === 'money' ? (UNITS.get('分钱') ?? null) : null;
  }
  if (name === '刻' && subject !== 'time') return null;
  if (name === '时') return subject === 'time' ? (UNITS.get('小时') ?? null) : null;
  if (subject === 'money' && (name === 'pound' || name === 'pounds')) return UNITS.get('gbp') ?? null;
  if (subject === 'time' && name === 'm') return UNITS.get('min') ?? null;
  return UNITS.get(name) ?? null;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}
