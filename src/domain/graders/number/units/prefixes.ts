import { isLatin, isSpace, unitSet } from '../reading/characters.ts';
import { BEFORE_NUMBERS } from './currencyNames.ts';
import { parseUnitText, type UnitRun } from './units.ts';

const PREFIX = BEFORE_NUMBERS.map(
  (name) => (/^[a-z]/.test(name) ? '(?<![a-z])' : '') + name.replaceAll('$', '\\$'),
).join('|');
const PREFIX_SCALE = /(?:'000|\(?[十百千佰仟]?[万亿]元?\)?|\(?[千仟]元?\)?|\(?(?:thousand|million|billion)s?\)?)?/;
const BEFORE_NUMBER = new RegExp(`(${PREFIX})[ \\u2009]?(${PREFIX_SCALE.source})[ \\u2009]?$`, 'i');
/** The currencies by their last unit: the longest first. */
const CURRENCIES_TO = byLastUnit(BEFORE_NUMBERS);
const LONGEST_CURRENCY = Math.max(...BEFORE_NUMBERS.map((name) => name.length));

function byLastUnit(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const to = new Map<string, readonly string[]>();
  for (const name of names) to.set(name.at(-1) ?? '', [...(to.get(name.at(-1) ?? '') ?? []), name]);
  return to;
}

const ENDS_CURRENCY = unitSet([...CURRENCIES_TO.keys()].map((last) => last + last.toUpperCase()).join(''));

/** Where the currency starts that ends at `end`, or null. What stands before `low` does not count. */
function currencyStart(text: string, end: number, low: number): number | null {
  if (ENDS_CURRENCY[text.charCodeAt(end - 1)] !== 1) return null;
  const before = text.slice(Math.max(low, end - LONGEST_CURRENCY), end).toLowerCase();
  for (const name of CURRENCIES_TO.get(before[before.length - 1] ?? '') ?? []) {
    const start = end - name.length;
    const isInWord = isLatin(name.charCodeAt(0)) && start > low && isLatin(text.charCodeAt(start - 1));
    if (before.endsWith(name) && !isInWord) return start;
  }
  return null;
}

/** The last units of a scale that stands between currency and number; of the words, the last four letters. */
const ENDS_SCALE = unitSet('0)元万亿千仟');
const ENDS_SCALE_WORD = new Set(['sand', 'ands', 'lion', 'ions']);

/** What is read as a prefix of the text between `low` and `at`. */
function prefixBefore(text: string, at: number, low: number): string | null {
  let end = at;
  while (end > Math.max(low, at - 2) && isSpace(text.charCodeAt(end - 1))) end--;
  const start = currencyStart(text, end, low);
  if (start !== null) return text.slice(start, at);
  const last = text.charCodeAt(end - 1);
  const isScale = isLatin(last) ? ENDS_SCALE_WORD.has(text.slice(end - 4, end).toLowerCase()) : ENDS_SCALE[last] === 1;
  return isScale ? (BEFORE_NUMBER.exec(text.slice(low, at))?.[0] ?? null) : null;
}

/** A text has few prefixes and repeats them. Only what BEFORE_NUMBER finds comes here: there is no end of no others. */
const PARSED = new Map<string, UnitRun | null>();

function parsePrefix(written: string): UnitRun | null {
  const known = PARSED.get(written);
  if (known !== undefined) return known;
  const run = parseUnitText(written, 'money');
  PARSED.set(written, run);
  return run;
}

/** The currency (and scale) right before a number, which starts at `at`; `start` is where it starts itself. */
export function readPrefix(text: string, at: number, from: number): (UnitRun & { readonly start: number }) | null {
  const written = prefixBefore(text, at, Math.max(from, at - 24));
  const run = written === null ? null : parsePrefix(written);
  if (written === null || run === null) return null;
  const { scale, unit, contradiction, end } = run;
  return { scale, unit, contradiction, end, start: at - written.length };
}
