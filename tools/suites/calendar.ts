/** Calendar arithmetic for proofs: Gregorian dates without a time of day. */

/** Sunday first, as `Date.getUTCDay` counts. */
const WEEKDAYS: readonly (readonly string[])[] = [
  ['Sunday', '星期日'],
  ['Monday', '星期一'],
  ['Tuesday', '星期二'],
  ['Wednesday', '星期三'],
  ['Thursday', '星期四'],
  ['Friday', '星期五'],
  ['Saturday', '星期六'],
];

const DAY_MS = 86_400_000;
const ISO = String.raw`(\d{4}-\d{2}-\d{2})`;

/**
 * What a calendar expression comes to, in each way in which a gold may write it:
 *
 *     2024-02-26 + 5 days           one ISO date (days, weeks, months or years; + or −)
 *     2024-05-05 - 2024-03-10       a number of days
 *     weekday 2024-01-01 + 9 days   the names of a day of the week
 *
 * Throws a RangeError for anything else, and for a day that does not exist (31 January + 1 month).
 */
export function calendarValues(expression: string): readonly string[] {
  const weekday = /^weekday (.*)$/.exec(expression)?.[1];
  if (weekday !== undefined) return WEEKDAYS[instant(dateOf(weekday)).getUTCDay()] ?? [];
  const [, later, earlier] = new RegExp(`^${ISO} - ${ISO}$`).exec(expression) ?? [];
  if (later === undefined || earlier === undefined) return [dateOf(expression)];
  return [String((instant(later).getTime() - instant(earlier).getTime()) / DAY_MS)];
}

function dateOf(expression: string): string {
  const parts = new RegExp(`^${ISO}(?: ([+-]) (\\d+) (day|week|month|year)s?)?$`).exec(expression);
  if (parts === null) throw new RangeError(`no calendar expression: "${expression}"`);
  const [, start = '', sign = '+', count = '0', step = 'day'] = parts;
  const date = instant(start);
  const n = Number(`${sign}${count}`);
  if (step === 'day' || step === 'week')
    return isoOf(new Date(date.getTime() + n * (step === 'week' ? 7 : 1) * DAY_MS));
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + n * (step === 'year' ? 12 : 1));
  if (date.getUTCDate() !== day) throw new RangeError(`no such day: "${expression}"`);
  return isoOf(date);
}

function instant(iso: string): Date {
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || isoOf(date) !== iso) throw new RangeError(`no such day: "${iso}"`);
  return date;
}

function isoOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
