import { decimal, multiply, powerOfTen, type Rational } from '../graders/number/reading/rational.ts';

export type Operator = '+' | '-' | '*' | '/';

export interface NumberPiece {
  readonly kind: 'number';
  readonly start: number;
  /** Behind its unit. */
  readonly end: number;
  /** Behind the number itself. */
  readonly numberEnd: number;
  /** With scale words and the percent sign taken in: "3 million", "5%" = 1/20. */
  readonly value: Rational;
  /** Size of the last place that is shown, in the same way. */
  readonly place: Rational;
  /** Significant digits shown. */
  readonly digits: number;
  /** Places behind the point are shown. */
  readonly decimals: boolean;
  readonly percent: boolean;
  /** The word behind it, in small letters and without a plural s; '' for none. */
  readonly unit: string;
}

export type Piece =
  | NumberPiece
  | { readonly kind: 'operator'; readonly start: number; readonly end: number; readonly operator: Operator }
  | { readonly kind: 'open' | 'close' | 'equals' | 'nearly'; readonly start: number; readonly end: number }
  /** Something that belongs to the expression and has no value here: x, 2^3, 12:30, 3,5. */
  | { readonly kind: 'unknown'; readonly start: number; readonly end: number }
  /** Prose, punctuation, the end of a line: no expression goes on across it. */
  | { readonly kind: 'break'; readonly start: number; readonly end: number };

/** Longer runs of digits are no quantity; their arithmetic would only cost time. */
const MOST_DIGITS = 24;

const SPACE = /[ \t\u2009$]+/y;
const NUMBER = /\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?/y;
const SYMBOLS: Readonly<Record<string, Operator>> = {
  ...{ '+': '+', '-': '-', '–': '-', '*': '*', '×': '*', '·': '*', '⋅': '*', '∙': '*', '/': '/', '÷': '/', '⁄': '/' },
};
const OPERATOR_WORDS =
  /(?:plus|minus|times|multiplied by|divided by|equals|is equal to|x(?= ?[\d($]))(?![a-z])|加上?|减去?|乘以?|除以|等于|得到?|约等于|约为/iy;
const WORD_MEANINGS: Readonly<Record<string, Operator | 'equals' | 'nearly'>> = {
  ...{ plus: '+', 加: '+', 加上: '+', minus: '-', 减: '-', 减去: '-' },
  ...{ times: '*', 'multiplied by': '*', x: '*', 乘: '*', 乘以: '*', 'divided by': '/', 除以: '/' },
  ...{ equals: 'equals', 'is equal to': 'equals', 等于: 'equals', 得: 'equals', 得到: 'equals' },
  ...{ 约等于: 'nearly', 约为: 'nearly' },
};
const SCALE = / ?(?:thousand|million|billion|trillion)(?![a-z])|[百千]?万亿?|[百千十]?亿|千(?=[元克米瓦])/iy;
const SCALES: Readonly<Record<string, number>> = {
  ...{ thousand: 3, million: 6, billion: 9, trillion: 12 },
  ...{ 千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8, 十亿: 9, 百亿: 10, 千亿: 11, 万亿: 12 },
};
const LATIN_UNIT = / ?([A-Za-z]{2,14}|[mghsLlt])(?![A-Za-z])/y;
const CHINESE_UNIT = / ?((?:(?![加减乘除等得约余又])[\u4e00-\u9fff]){1,4})/y;
const LETTERS = /[A-Za-z]{1,40}/y;
/** After the number of a quotient: it is not the whole of it. */
const PARTIAL = / ?(?:remainder|rem\b|r ?\d|余|余数|and (?:a )?\d|又)/iy;

/** A cleaned text as pieces of arithmetic, in order. Linear: each reader looks at a bounded stretch. */
export function* piecesOf(text: string): Generator<Piece> {
  let at = 0;
  while (at < text.length) {
    at = skip(text, at);
    if (at >= text.length) return;
    const piece = readPiece(text, at);
    yield piece;
    at = Math.max(piece.end, at + 1);
  }
}

function skip(text: string, at: number): number {
  return at + (matchAt(SPACE, text, at)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function readPiece(text: string, start: number): Piece {
  const unit = text[start] ?? '';
  if (unit >= '0' && unit <= '9') return readNumber(text, start);
  const end = start + 1;
  const operator = SYMBOLS[unit];
  if (operator !== undefined) return { kind: 'operator', start, end, operator };
  if (unit === '=') return { kind: 'equals', start, end };
  if (unit === '≈') return { kind: 'nearly', start, end };
  if (unit === '(' || unit === ')') return { kind: unit === '(' ? 'open' : 'close', start, end };
  if (/[\^!√²³[\]{}]/.test(unit)) return { kind: 'unknown', start, end };
  const word = matchAt(OPERATOR_WORDS, text, start)?.[0] ?? '';
  const meaning = WORD_MEANINGS[word.toLowerCase()];
  if (meaning === 'equals' || meaning === 'nearly') return { kind: meaning, start, end: start + word.length };
  if (meaning !== undefined) return { kind: 'operator', start, end: start + word.length, operator: meaning };
  const name = matchAt(LETTERS, text, start)?.[0] ?? '';
  // A single letter is a variable; a word is prose.
  if (name.length === 1) return { kind: 'unknown', start, end };
  return { kind: 'break', start, end: start + Math.max(1, name.length) };
}

function readNumber(text: string, start: number): Piece {
  const written = matchAt(NUMBER, text, start)?.[0] ?? text[start] ?? '';
  let end = start + written.length;
  const plain = written.replaceAll(',', '');
  const before = text.slice(Math.max(0, start - 2), start);
  const behind = text.slice(end, end + 8);
  const isName = /[A-Za-z_.^]$/.test(before) && !/[\d )]x$/i.test(before);
  const goesOn = /^(?:[:,.]\d|(?!x ?[\d(])[A-Za-z_]\w*\d)/i.test(behind);
  if (plain.length > MOST_DIGITS || isName || goesOn) return { kind: 'unknown', start, end: numberLikeEnd(text, end) };
  const places = plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0;
  const scale = matchAt(SCALE, text, end)?.[0] ?? '';
  const power = scale === '' ? 0 : SCALES[scale.trim().toLowerCase()];
  end += scale.length;
  const percent = /^ ?%/.exec(text.slice(end, end + 2))?.[0] ?? '';
  end += percent.length;
  if (power === undefined || matchAt(PARTIAL, text, end) !== null) return { kind: 'unknown', start, end };
  const factor = powerOfTen(power - (percent === '' ? 0 : 2));
  const unit = readUnit(text, end);
  return {
    kind: 'number',
    start,
    end: unit.end,
    numberEnd: end,
    value: multiply(decimal(plain), factor),
    place: multiply(powerOfTen(-places), factor),
    digits: plain.replace(/^[0.]+|\./g, '').length,
    decimals: places > 0,
    percent: percent !== '',
    unit: unit.name,
  };
}

function numberLikeEnd(text: string, end: number): number {
  return end + (/^[\w:,.]{1,40}/.exec(text.slice(end, end + 40))?.[0].replace(/[,.:]+$/, '').length ?? 0);
}

function readUnit(text: string, at: number): { readonly name: string; readonly end: number } {
  const none = { name: '', end: at };
  if (matchAt(OPERATOR_WORDS, text, skip(text, at)) !== null) return none;
  const found = matchAt(LATIN_UNIT, text, at) ?? matchAt(CHINESE_UNIT, text, at);
  if (found === null) return none;
  const name = (found[1] ?? '').toLowerCase();
  return { name: name.length > 2 ? name.replace(/s$/, '') : name, end: at + found[0].length };
}
