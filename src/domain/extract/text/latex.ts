import type { MappedBuilder } from './mapped.ts';

const FRACTION =
  /\\[dtc]?frac\s{0,2}(?:\{\s{0,2}(-?[\d,.]{1,40})\s{0,2}\}|(\d))\s{0,2}(?:\{\s{0,2}([\d,.]{1,40})\s{0,2}\}|(\d))/y;
const OPEN_FRACTION = /\\[dtc]?frac\s{0,2}(?=\{)/y;
const REPEATED = /\\(?:overline|dot)\{(\d{1,12})\}/y;
const COMMAND = /\\(?:[a-zA-Z]{1,24}|[^a-zA-Z])/y;
const ESCAPED_UNIT = /\\u([0-9a-fA-F]{4})/y;

const SYMBOLS: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '×',
  ast: '*',
  div: '÷',
  approx: '≈',
  sim: '~',
  to: ' to ',
  pm: '±',
  ...{ ge: '≥', geq: '≥', geqslant: '≥', le: '≤', leq: '≤', leqslant: '≤', ne: '≠', neq: '≠', gt: '>', lt: '<' },
  $: '$',
  '%': '%',
  '#': '#',
  '&': '&',
  yen: '¥',
  pounds: '£',
  euro: '€',
  ldots: '...',
  dots: '...',
  n: '\n',
  sqrt: '√',
  pi: 'π',
  circ: '°',
  degree: '°',
  le: '≤',
  leq: '≤',
  leqslant: '≤',
  ge: '≥',
  geq: '≥',
  geqslant: '≥',
  lt: '<',
  gt: '>',
  ne: '≠',
  neq: '≠',
  log: ' log ',
  ln: ' ln ',
  sin: ' sin ',
  cos: ' cos ',
  tan: ' tan ',
};

/** What is to be written in the place of a brace or a `$` that stands further on. */
export type Marks = Map<number, string>;

/** Behind a digit that repeats for ever. */
export const OVERLINE = '\u0305';

/** Commands that stand for a space. */
const SPACING = new Set([',', ';', ':', 'quad', 'qquad']);

/** Rewrites the command at `i` (a backslash) and returns the index behind it. */
export function rewriteLatex(text: string, i: number, out: MappedBuilder, marks: Marks): number {
  const opens = text[i + 1] ?? '';
  const mayBeFraction = 'dtcf'.includes(opens);
  const fraction = mayBeFraction ? matchAt(FRACTION, text, i) : null;
  if (fraction !== null) {
    const end = i + fraction[0].length;
    const [top = '', bottom = ''] = [fraction[1] ?? fraction[2], fraction[3] ?? fraction[4]];
    const isMixed = out.endsInDigit;
    out.add(`${isMixed ? ' ' : ''}${top}\u2044${bottom}`, i, end);
    return end;
  }
  const open = mayBeFraction ? matchAt(OPEN_FRACTION, text, i) : null;
  if (open !== null) return openFraction(text, i, i + open[0].length, out, marks);
  const repeated = 'od'.includes(opens) ? matchAt(REPEATED, text, i) : null;
  if (repeated !== null) {
    const end = i + repeated[0].length;
    out.add([...(repeated[1] ?? '')].map((digit) => digit + OVERLINE).join(''), i, end);
    return end;
  }
  const escaped = opens === 'u' ? matchAt(ESCAPED_UNIT, text, i) : null;
  if (escaped !== null) {
    out.add(String.fromCharCode(parseInt(escaped[1] ?? '20', 16)), i, i + 6);
    return i + 6;
  }
  const command = matchAt(COMMAND, text, i);
  if (command === null) {
    out.gap(i, i + 1);
    return i + 1;
  }
  const name = command[0].slice(1);
  const end = i + command[0].length;
  const groupsDigits = out.endsInDigit && /\d/.test(text[end] ?? '');
  // "70,\!000": a negative space is there for the eye.
  if (name === '!') return end;
  // "58\,159\,881": a thin space between digits only groups them.
  const symbol = SYMBOLS[name] ?? (groupsDigits && SPACING.has(name) ? '\u2009' : undefined);
  if (symbol === undefined) out.gap(i, end);
  else out.add(symbol, i, end);
  return end;
}

/** How far a fraction is looked at for its braces, in UTF-16 units. */
const LONGEST_FRACTION = 200;

/** A fraction of more than two numbers, whose first brace stands at `brace`, as "(a - b)/c". */
function openFraction(text: string, i: number, brace: number, out: MappedBuilder, marks: Marks): number {
  const middle = braceEnd(text, brace, brace + LONGEST_FRACTION);
  const end = text[middle + 1] === '{' ? braceEnd(text, middle + 1, brace + LONGEST_FRACTION) : -1;
  out.gap(i, brace);
  if (end < 0) return brace;
  const [above, below] = [isSimple(text.slice(brace + 1, middle)), isSimple(text.slice(middle + 2, end))];
  marks.set(brace, above ? '' : '(');
  marks.set(middle, above ? '/' : ')/');
  marks.set(middle + 1, below ? '' : '(');
  marks.set(end, below ? ' ' : ')');
  return brace;
}

function braceEnd(text: string, open: number, limit: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(text.length, limit); at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** One number or one name. */
function isSimple(latex: string): boolean {
  return /^ ?\\?(?:[\d,.]{1,40}|[a-zA-Z]{1,12}) ?$/.test(latex);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
