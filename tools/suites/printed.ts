/** How numbers and dates are printed in our passages, read into the form in which a gold states them. */

const MONTHS: readonly string[] = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/**
 * The only number in the text as a decimal: "(61,340)" → "-61340", "6.50 dollars" → "6.50". Parentheses around the
 * whole text are a minus sign, as in accounts; a minus sign counts where nothing else stands before the number. Throws a RangeError unless there is exactly one number.
 */
export function printedNumber(text: string): string {
  const numbers = text.match(/\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g) ?? [];
  const [number] = numbers;
  if (number === undefined || numbers.length > 1) throw new RangeError(`not one number: "${text}"`);
  const digits = number.replaceAll(',', '');
  const loss = [`(${number})`, `-${number}`, `−${number}`].includes(text.replace('%', ''));
  return loss ? `-${digits}` : digits;
}

/** "2016年5月20日" or "14 April 1987" as ISO 8601. Throws a RangeError for any other form. */
export function printedDate(text: string): string {
  const [, year, month, day] = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text) ?? english(text);
  if (year === undefined || month === undefined || day === undefined) throw new RangeError(`not a date: "${text}"`);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function english(text: string): readonly (string | undefined)[] {
  const [, day, name = '', year] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? [] : [text, year, String(month), day];
}
