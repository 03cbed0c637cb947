/** Writers of numbers, independent of the readers under test: each gives one correct way to write a value. */

const DIGITS = '零一二三四五六七八九';
const FINANCIAL = '零壹贰叁肆伍陆柒捌玖';

export function grouped(digits: bigint | string): string {
  const [whole = '', places] = String(digits).split('.');
  const withCommas = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return places === undefined ? withCommas : `${withCommas}.${places}`;
}

export function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}

/** A whole number in Chinese numerals. */
export function chineseNumeral(value: bigint, financial = false): string {
  const digits = financial ? FINANCIAL : DIGITS;
  const small = financial ? ['', '拾', '佰', '仟'] : ['', '十', '百', '千'];
  if (value === 0n) return digits[0] ?? '';
  const sections: string[] = [];
  let rest = value;
  let needsZero = false;
  for (const big of ['', '万', '亿', '万亿']) {
    const section = Number(rest % 10_000n);
    rest /= 10_000n;
    if (section > 0) {
      const text = sectionOf(section, digits, small);
      sections.unshift(`${text}${big}${needsZero ? '零' : ''}`);
      needsZero = section < 1000 && rest > 0n;
      if (needsZero) sections.unshift('零');
      needsZero = false;
    } else if (sections.length > 0 && rest > 0n && !(sections[0] ?? '').startsWith('零')) {
      sections.unshift('零');
    }
  }
  const joined = sections.join('').replace(/零+/g, '零');
  // 一十八 is written 十八.
  return financial ? joined : joined.replace(/^一十/, '十');
}

function sectionOf(section: number, digits: string, small: readonly string[]): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(section / 10 ** place) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += `${gap ? (digits[0] ?? '') : ''}${digits[digit] ?? ''}${small[place] ?? ''}`;
    gap = false;
  }
  return text;
}

const ONES = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A whole number below 10^12 in English words. */
export function englishWords(value: number): string {
  if (value < 20) return ONES[value] ?? '';
  if (value < 100)
    return `${TENS[Math.floor(value / 10)] ?? ''}${value % 10 === 0 ? '' : `-${ONES[value % 10] ?? ''}`}`;
  if (value < 1000) {
    const rest = value % 100;
    return `${ONES[Math.floor(value / 100)] ?? ''} hundred${rest === 0 ? '' : ` and ${englishWords(rest)}`}`;
  }
  const [size, name] = value < 1e6 ? [1e3, 'thousand'] : value < 1e9 ? [1e6, 'million'] : [1e9, 'billion'];
  const rest = value % size;
  return `${englishWords(Math.floor(value / size))} ${name}${rest === 0 ? '' : ` ${englishWords(rest)}`}`;
}

/** `units` / 10^`power`, exactly, as a plain decimal. */
export function decimalText(units: bigint, power: number): string {
  if (power === 0) return String(units);
  const digits = String(units < 0n ? -units : units).padStart(power + 1, '0');
  const places = digits.slice(-power).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -power)}${places === '' ? '' : `.${places}`}`;
}

/** `units` / 10^`power` rounded half up to `places` decimals, as a decimal with just as many. */
export function roundedText(units: bigint, power: number, places: number): string {
  const unit = 10n ** BigInt(power - places);
  const shown = (units + unit / 2n) / unit;
  const digits = String(shown).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
