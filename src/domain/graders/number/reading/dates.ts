import { numeralValue } from './chinese.ts';
import { isDigit, isLatin, isWhiteSpace, unitSet } from './characters.ts';

/** A day of the calendar, or less than one: what is missing was not said. */
export interface DateRead {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** 03/04/2024: day and month cannot be told apart. */
  readonly ambiguous: boolean;
  readonly end: number;
}

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
];
const MONTH = String.raw`(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?![a-z])`;
const ORDINAL = String.raw`(\d{1,2})(?:st|nd|rd|th)?(?!\d)`;
const N = '〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖';
const TEN = '十拾廿卅';

const YEAR_FIRST = /(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:T[\d:.]{2,15}Z?)?/y;
const YEAR_LAST = /(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/y;
const COMPACT = /(\d{4})(\d{2})(\d{2})(?![\d.,])/y;
const YEAR_MONTH = /(\d{4})-(\d{2})(?![\d-])/y;
const CHINESE = new RegExp(
  String.raw`(?:(民国)?\s?(\d{2,4}|[${N}]{4}|(?<=民国\s?)[${N}百佰${TEN}]{1,6})\s?年度?\s?)?(?:(\d{1,2}|[${N}${TEN}]{1,2})\s?月\s?(?:份|底|末|初)?\s?(?:(\d{1,2}|[${N}${TEN}]{1,3})\s?[日号])?)?`,
  'y',
);
const DAY_MONTH = new RegExp(
  String.raw`${ORDINAL}(?: of)?[ -]${MONTH}(?:(?:[ ,-]{1,2}|,? (?:in|of) )(\d{4})(?!\d))?`,
  'iy',
);
const MONTH_DAY = new RegExp(
  String.raw`${MONTH}[ ](?:the )?${ORDINAL}(?!,?\d)(?:(?:,? {0,2}|,? (?:in|of) )(\d{4})(?!\d))?`,
  'iy',
);
const MONTH_YEAR = new RegExp(String.raw`${MONTH}(?:[ ,]{1,2}(\d{4})(?!\d))?`, 'iy');

/** Reads a date at `at`, which is a digit, a letter at the start of a word, 民 or a numeral. Null where none is. */
export function readDate(text: string, at: number): DateRead | null {
  const unit = text.charCodeAt(at);
  if (isLatin(unit)) return isMonth(text, at) ? readMonthFirst(text, at) : null;
  if (isDigit(unit)) return readFigures(text, at);
  return text[at] === '民' || isNumeralDate(text, at) ? readChineseDate(text, at) : null;
}

const MONTH_STARTS = new Set(MONTHS.map((month) => month.slice(0, 3)));

function isMonth(text: string, at: number): boolean {
  return MONTH_STARTS.has(text.slice(at, at + 3).toLowerCase());
}

const NUMERALS = unitSet(`${N}${TEN}`);

/** Numerals with 年 or 月 behind them. */
function isNumeralDate(text: string, at: number): boolean {
  let end = at;
  while (end < at + 4 && NUMERALS[text.charCodeAt(end)] === 1) end++;
  return end > at && isYearOrMonth(text, end);
}

function isYearOrMonth(text: string, at: number): boolean {
  const unit = text[isWhiteSpace(text.charCodeAt(at)) ? at + 1 : at];
  return unit === '年' || unit === '月';
}

/** Eight digits in a row, where a date is asked for: 20241231. */
export function readCompactDate(text: string, at: number): DateRead | null {
  const match = matchAt(COMPACT, text, at);
  return match === null ? null : checked(match[1], match[2], match[3], at + match[0].length);
}

/** What stands behind the one to four digits that a date starts with: most numbers are none. */
const BEHIND_FIGURES = unitSet('-/.snrtSNRT');
/** A space behind them stands before a month or "of". */
const BEHIND_SPACE = unitSet('jfmasondJFMASOND');

function readFigures(text: string, at: number): DateRead | null {
  let end = at + 1;
  while (end < at + 5 && isDigit(text.charCodeAt(end))) end++;
  if (end === at + 5) return null;
  if (isYearOrMonth(text, end)) return readChineseDate(text, at);
  const behind = text.charCodeAt(end);
  if (behind !== 0x20 && BEHIND_FIGURES[behind] !== 1) return null;
  if (behind === 0x20 && BEHIND_SPACE[text.charCodeAt(end + 1)] !== 1) return null;
  return end === at + 4 ? readYearFirst(text, at) : end < at + 3 ? readYearLast(text, at) : null;
}

function readYearFirst(text: string, at: number): DateRead | null {
  const iso = matchAt(YEAR_FIRST, text, at);
  if (iso !== null) return checked(iso[1], iso[3], iso[4], at + iso[0].length);
  const yearMonth = matchAt(YEAR_MONTH, text, at);
  return yearMonth === null ? null : checked(yearMonth[1], yearMonth[2], undefined, at + yearMonth[0].length);
}

/** The year last, or left out. */
function readYearLast(text: string, at: number): DateRead | null {
  const last = matchAt(YEAR_LAST, text, at);
  if (last !== null) {
    const end = at + last[0].length;
    const monthFirst = checked(last[4], last[1], last[3], end);
    const dayFirst = checked(last[4], last[3], last[1], end);
    const ambiguous = monthFirst !== null && dayFirst !== null && last[1] !== last[3];
    return ambiguous ? { ...monthFirst, ambiguous } : (monthFirst ?? dayFirst);
  }
  const dayMonth = matchAt(DAY_MONTH, text, at);
  return dayMonth === null ? null : spelled(dayMonth[3], dayMonth[2], dayMonth[1], at + dayMonth[0].length);
}

function readChineseDate(text: string, at: number): DateRead | null {
  const match = matchAt(CHINESE, text, at);
  if (match === null || match[0] === '' || (match[2] === undefined && match[3] === undefined)) return null;
  const [written, republic, yearText, monthText, dayText] = match;
  const year = yearText === undefined ? null : numeral(yearText) + (republic === undefined ? 0 : 1911);
  // "3年" is a duration, "24年" a year only with a month behind it, and then not a full one.
  if (year !== null && year < 1000 && monthText === undefined) return null;
  const date = checked(
    year !== null && year >= 1000 ? String(year) : undefined,
    monthText === undefined ? undefined : String(numeral(monthText)),
    dayText === undefined ? undefined : String(numeral(dayText)),
    at + written.trimEnd().length,
  );
  // "5月" may be five months in "5个月", but that has its 个; a month beyond 12 is no date.
  return date;
}

function readMonthFirst(text: string, at: number): DateRead | null {
  const day = matchAt(MONTH_DAY, text, at);
  if (day !== null) return spelled(day[3], day[1], day[2], at + day[0].length);
  const month = matchAt(MONTH_YEAR, text, at);
  if (month === null) return null;
  // "may" and "march" are words; as months they are capital, and "May" alone is too often not one.
  if (!/^[A-Z]/.test(month[0]) || (month[2] === undefined && /^(?:may|march)$/i.test(month[1] ?? ''))) return null;
  return spelled(month[2], month[1], undefined, at + month[0].length);
}

function spelled(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  end: number,
): DateRead | null {
  const index = MONTHS.findIndex((m) => m.startsWith((month ?? '?').toLowerCase().slice(0, 3)));
  return checked(year, String(index + 1), day, end);
}

/** Null where month or day is not on the calendar. */
function checked(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  end: number,
): DateRead | null {
  const [y, m, d] = [year, month, day].map((v) => (v === undefined ? null : Number(v)));
  if (m != null && (m < 1 || m > 12)) return null;
  if (d != null && (d < 1 || d > daysIn(m ?? 1, y ?? 2000))) return null;
  return { year: y ?? null, month: m ?? null, day: d ?? null, ambiguous: false, end };
}

function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function numeral(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : numeralValue(text);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
