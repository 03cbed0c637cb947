import { type Amount, exactAmount } from './amount.ts';
import { rational } from './rational.ts';

/** "First" and "second" are left out: they begin steps, and a second is a time. */
const LOW = 'third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth'.split('|');
const TEENS = 'thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth'.split('|');
const TENS = 'twentieth|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth'.split('|');

const ALONE: ReadonlyMap<string, bigint> = new Map([
  ...[...LOW, ...TEENS].map((word, i) => [word, BigInt(i + 3)] as const),
  ...TENS.map((word, i) => [word, BigInt(i + 2) * 10n] as const),
]);

/** As the last word of a number also the first two: "twenty-first". */
const LAST: ReadonlyMap<string, bigint> = new Map([...ALONE, ['first', 1n], ['second', 2n]]);

export const ORDINAL_WORDS: readonly string[] = [...ALONE.keys()];

/** A place in an order: it counts only where no number is offered. */
export function ordinalAmount(value: bigint): Amount {
  return { ...exactAmount(rational(value)), weak: true };
}

export function ordinalAlone(word: string): bigint | undefined {
  return ALONE.get(word);
}

/** What an ordinal adds to the number before it ("twenty-first", "one hundred and fifth"), or null. */
export function ordinalBehind(value: bigint, word: string): bigint | null {
  const last = LAST.get(word);
  if (last === undefined) return null;
  const room = value % 100n === 0n ? 100n : value % 10n === 0n ? 10n : 0n;
  return last < room ? last : null;
}

/** "21st", "twenty-first": whether a number was written as a place. */
export function isOrdinal(written: string): boolean {
  return /\d(?:st|nd|rd|th)$/i.test(written) || LAST.has(/[a-z]+$/i.exec(written)?.[0].toLowerCase() ?? '');
}
