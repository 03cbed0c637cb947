import { readEnglishScale } from './english.ts';
import { multiply, powerOfTen, type Rational } from './rational.ts';
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
const LATIN_WORD = /[a-z°℃][a-z./^°$¥]*(?:[23](?![\da-z]))?/iy;
const CONNECTOR = /[ \u2009]?(?:of|in|per|\/)?[ \u2009]{0,2}/y;
const THOUSANDS = /[ \u2009]?'000s?(?!\d)/y;
const CHINESE_SCALE = /[十百千]?[万亿兆]{1,2}|[百千](?!分)/y;
const FILLER =
  /(?:[ \u2009\n,，:：、()*"-]|\b(?:in|of|the|units?|currency|expressed|all|amounts)\b|单位|货币|以|为|计)+/iy;

/** The first words of the names in Latin letters. */
const FIRST_WORDS = new Set([...UNITS.keys()].map((name) => name.split(' ')[0] ?? ''));

function opensName(word: string): boolean {
  return FIRST_WORDS.has(word) || FIRST_WORDS.has(withoutMarks(word));
}

/** "km." and "US$/" as "km" and "US". */
function withoutMarks(name: string): string {
  return /[.$/]/.test(name[name.length - 1] ?? '') ? name.replace(/[.$/]+$/, '') : name;
}

/** The length of the longest name that starts with a unit that is no Latin letter. */
const LONGEST_FROM: ReadonlyMap<string, number> = longestNames(['分', '时', ...UNITS.keys()]);

function longestNames(names: readonly string[]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const name of names) {
    const first = name[0] ?? '';
    if (!/[a-z]/.test(first)) longest.set(first, Math.max(name.length, longest.get(first) ?? 0));
  }
  return longest;
}

/** Whether a unit can start at `at`, which is behind a number: most numbers have none. */
function opensUnit(text: string, at: number): boolean {
  let start = at;
  while (start < at + 2 && /[ \t\u2009-]/.test(text[start] ?? '')) start++;
  const unit = text[start] ?? '';
  return (unit < '\u0080' && /[A-Za-z']/.test(unit)) || LONGEST_FROM.has(unit);
}

/** Reads the scale and unit words behind a number. `end` is `at` where there are none. */
export function readUnits(text: string, at: number, subject: Subject): UnitRun {
  let run: UnitRun = { scale: null, unit: NO_UNIT, contradiction: false, end: at };
  if (!opensUnit(text, at)) return run;
  for (let pieces = 0; pieces < 4; pieces++) {
    const start = pieces === 0 ? at : skip(CONNECTOR, text, run.end);
    const next = readPiece(text, start, subject, run.unit) ?? readPiece(text, run.end, subject, run.unit);
    if (next === null) break;
    const joined = joinPieces(run, next);
    if (joined === null) break;
    run = joined;
  }
  return run;
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
  if (next.unit.kind === 'none') return { ...run, scale, end: next.end };
  if (run.unit.kind === 'none') return { ...run, scale, unit: next.unit, end: next.end };
  if (run.unit.kind !== 'money' || next.unit.kind !== 'money') return null;
  const unit = intersect(run.unit, next.unit);
  return { scale, unit: unit ?? run.unit, contradiction: run.contradiction || unit === null, end: next.end };
}

/** The currencies that both words allow; null where there is none. */
export function intersect(a: Unit, b: Unit): Unit | null {
  if (a.kind !== 'money' || b.kind !== 'money') return null;
  const currencies = a.currencies.filter((c) => b.currencies.includes(c));
  return currencies.length === 0 ? null : { ...a, currencies, factor: multiply(a.factor, b.factor) };
}

function readPiece(text: string, at: number, subject: Subject, before: Unit): Piece | null {
  const thousands = skip(THOUSANDS, text, at);
  if (thousands > at) return { scale: powerOfTen(3), unit: NO_UNIT, end: thousands };
  const money = subject === 'money' || before.kind === 'money';
  const scale = readEnglishScale(text, at, money);
  const named = readName(text, at, subject);
  // The longer word wins: "mm" is a unit before it is a scale, unless money is spoken of.
  if (scale !== null && (named === null || (money && scale.end >= named.end))) {
    return { scale: scale.factor, unit: NO_UNIT, end: scale.end };
  }
  if (named !== null) return named;
  return money && before.kind === 'money' ? chineseScale(text, at) : null;
}

function chineseScale(text: string, at: number): Piece | null {
  const word = text.slice(at, skip(CHINESE_SCALE, text, at));
  if (word === '') return null;
  const power = [...word].reduce((sum, c) => sum + ({ 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, 兆: 12 }[c] ?? 0), 0);
  return { scale: powerOfTen(power), unit: NO_UNIT, end: at + word.length };
}

const PREFIX_ONLY = /[$¥€£₩₹]$|^(?:rmb|cny|usd|hkd|twd|ntd|eur|gbp|jpy|人民币)$/;

/** The longest unit name at `at`, after at most two spaces. */
function readName(text: string, at: number, subject: Subject): Piece | null {
  let start = at;
  while (start < at + 2 && /[ \u2009-]/.test(text[start] ?? '')) start++;
  LATIN_WORD.lastIndex = start;
  const latin = LATIN_WORD.exec(text)?.[0];
  if (latin === undefined) return readSymbols(text, start, subject);
  if (/^[a-z]/i.test(text[start + latin.length] ?? '') || !opensName(latin.toLowerCase())) return null;
  const ends = [start + latin.length];
  while (ends.length < 4) {
    const word = /^ [a-z]{1,12}(?![a-z])/i.exec(text.slice(ends[0] ?? 0, (ends[0] ?? 0) + 14))?.[0];
    if (word === undefined) break;
    ends.unshift((ends[0] ?? 0) + word.length);
  }
  for (const end of ends) {
    const name = text.slice(start, end).toLowerCase();
    const unit = lookUp(name, subject) ?? lookUp(withoutMarks(name), subject);
    // "581.6亿元 US$8bn": a sign before the next number is not the unit of this one.
    if (unit !== null && PREFIX_ONLY.test(name) && /^ ?\d/.test(text.slice(end, end + 2))) return null;
    if (unit !== null) return { scale: null, unit, end: name.endsWith('.') ? end - 1 : end };
  }
  return null;
}

function readSymbols(text: string, start: number, subject: Subject): Piece | null {
  const longest = LONGEST_FROM.get(text[start] ?? '') ?? 0;
  for (let length = Math.min(longest, text.length - start); length > 0; length--) {
    const end = start + length;
    const name = text.slice(start, end);
    const unit = lookUp(name, subject);
    if (unit !== null && PREFIX_ONLY.test(name) && /^ ?\d/.test(text.slice(end, end + 2))) return null;
    if (unit !== null) return { scale: null, unit, end };
  }
  return null;
}

function lookUp(name: string, subject: Subject): Unit | null {
  if (name === '分') {
    if (subject === 'time') return UNITS.get('分钟') ?? null;
    return subject === 'money' ? (UNITS.get('分钱') ?? null) : null;
  }
  if (name === '时') return subject === 'time' ? (UNITS.get('小时') ?? null) : null;
  if (subject === 'money' && (name === 'pound' || name === 'pounds')) return UNITS.get('gbp') ?? null;
  if (subject === 'time' && name === 'm') return UNITS.get('min') ?? null;
  return UNITS.get(name) ?? null;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

const PREFIX =
  /(?:US\$|HK\$|NT\$|S\$|A\$|C\$|CN¥|[$¥€£₩₹]|(?<![A-Za-z])(?:RMB|CNY|USD|HKD|TWD|NTD|EUR|GBP|JPY|INR|SGD|KRW)|人民币|港币|港元|美元|美金|新台币|台币|日元|欧元|英镑)/;
const PREFIX_SCALE =
  /(?:'000|\(?[十百千]?[万亿]元?\)?|\(?千元?\)?|\(?百万元?\)?|\(?(?:thousand|million|billion)s?\)?)?/;
const BEFORE_NUMBER = new RegExp(`(${PREFIX.source})[ \\u2009]?(${PREFIX_SCALE.source})[ \\u2009]?$`, 'i');

/** The last unit of a currency or scale: most numbers follow another one. */
const CLOSER = /[$¥€£₩₹A-Za-z0)币元金镑万亿千]/;

function closesPrefix(text: string, at: number): boolean {
  let end = at - 1;
  while (end > at - 3 && (text[end] === ' ' || text[end] === '\u2009')) end--;
  return CLOSER.test(text[end] ?? '');
}

/** The currency (and scale) right before a number, which starts at `at`; `start` is where it starts itself. */
export function readPrefix(
  text: string,
  at: number,
  from: number,
  subject: Subject,
): (UnitRun & { start: number }) | null {
  if (!closesPrefix(text, at)) return null;
  const before = text.slice(Math.max(from, at - 24), at);
  const match = BEFORE_NUMBER.exec(before);
  const run = match === null ? null : parseUnitText(match[0], subject);
  return match === null || run === null ? null : { ...run, start: at - (before.length - match.index) };
}
