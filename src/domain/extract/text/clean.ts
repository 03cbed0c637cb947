import { fold } from './fold.ts';
import { type Marks, rewriteLatex } from './latex.ts';
import { MappedBuilder, type Mapped } from './mapped.ts';
import { HIDDEN } from './visible.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** What is taken over as it is: ASCII without the signs of Markdown, LaTeX and hidden stretches. */
const PLAIN = /[^\\$*_`^{}~\0\u0080-\uffff]+/y;
/** What is folded unit by unit: all beyond ASCII but invisible signs, superscripts and vulgar fractions. */
const FOLDED = /[^\0-\u007f\u00ad\u200b-\u200f\u2060\ufeff\u00b2\u00b3\u00b9\u2070-\u207b\u00bc-\u00be\u2150-\u215e]+/y;
const FRACTIONS: ReadonlyMap<string, string> = new Map(
  [...'¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞'].map((unit) => [unit, unit.normalize('NFKC')]),
);

/**
 * The text in the one form that the readers know: folded (width, signs, script), Markdown emphasis and LaTeX taken
 * away, `½` and `\frac{1}{2}` written with U+2044, `10¹⁰` and `10^{10}` written `10^10`, `\u4ebf` of JSON decoded.
 * Hidden stretches become one line break.
 */
export function clean(visible: string): Mapped {
  const out = new MappedBuilder(visible.length);
  const marks: Marks = new Map();
  let i = 0;
  while (i < visible.length) {
    const unit = visible[i] ?? '';
    const isAscii = unit < '\u0080';
    const end = runEnd(isAscii ? PLAIN : FOLDED, visible, i);
    if (end > i) {
      const run = visible.slice(i, end);
      out.copy(isAscii ? run : fold(run), i);
      i = end;
    } else if (unit === HIDDEN) {
      let end = i;
      while (visible[end] === HIDDEN) end++;
      out.add('\n', i, end);
      i = end;
    } else if (unit === '\\') {
      i = rewriteLatex(visible, i, out, marks);
    } else {
      i += rewriteUnit(visible, i, unit, out, marks);
    }
  }
  return out.build();
}

function runEnd(run: RegExp, text: string, at: number): number {
  run.lastIndex = at;
  return run.test(text) ? run.lastIndex : at;
}

/** Rewrites what stands at `i` and returns how many units it took. */
function rewriteUnit(text: string, i: number, unit: string, out: MappedBuilder, marks: Marks): number {
  const next = text[i + 1] ?? '';
  if (unit === '$') return rewriteDollar(text, i, out, marks);
  const mark = marks.get(i);
  if (mark !== undefined) {
    out.add(mark, i, i + 1);
    return 1;
  }
  if (unit < '\u0080') return rewriteAscii(text, i, unit, next, out);
  const power = SUPERSCRIPTS.indexOf(unit);
  if (power >= 0 || (unit === '⁻' && SUPERSCRIPTS.includes(next))) {
    const continued = i > 0 && (SUPERSCRIPTS + '⁻').includes(text[i - 1] ?? ' ');
    out.add((continued ? '' : '^') + (power >= 0 ? String(power) : '-'), i, i + 1);
    return 1;
  }
  const fraction = FRACTIONS.get(unit);
  if (fraction !== undefined) {
    if (out.endsInDigit) out.add(' ', i, i);
    out.add(fraction, i, i + 1);
    return 1;
  }
  // Of what is left, ⁱ and a ⁻ without a digit are taken over; the rest is invisible.
  if (unit >= '\u2070' && unit <= '\u207b') out.add(fold(unit), i, i + 1);
  return 1;
}

function rewriteAscii(text: string, i: number, unit: string, next: string, out: MappedBuilder): number {
  switch (unit) {
    case '*':
    case '_':
      if (next !== unit) break;
      // "2**3" is a power, "**18**" is emphasis.
      if (unit === '*' && out.endsInDigit && /\d/.test(text[i + 2] ?? '')) out.add('^', i, i + 2);
      return 2;
    case '`':
      return 1;
    case '~':
      if (next !== '\\') break;
      out.gap(i, i + 1);
      return 1;
    case '^':
      // `18^\circ`: the command writes the whole sign.
      if (/^\{?\\circ/.test(text.slice(i + 1, i + 7))) return next === '{' ? 2 : 1;
      if (next !== '{' && next !== '(') break;
      out.add('^', i, i + 2);
      return 2;
    case '{':
      // "9{,}500"
      if (text[i + 2] === '}' && (next === ',' || next === '.')) {
        out.add(next, i, i + 3);
        return 3;
      }
      out.gap(i, i + 1);
      return 1;
    case '}':
      // `\text{cm}^2`
      if (next !== '^') out.gap(i, i + 1);
      return 1;
  }
  out.add(unit, i, i + 1);
  return 1;
}

function withoutCommands(latex: string): string {
  return latex.includes('\\') ? latex.replace(/\\[a-z]+(?:\{[^{}]*\})?/gi, '') : latex;
}

const MATHS = /\$\$?([^$\n]{1,120})\$\$?(?!\d)/y;

/**
 * `$18$` is mathematics, `$18` is money. A pair counts as mathematics when nothing between looks like prose: no
 * space at its ends, and no word of two letters or more except LaTeX commands and their braces.
 */
function rewriteDollar(text: string, i: number, out: MappedBuilder, marks: Marks): number {
  const width = text[i + 1] === '$' ? 2 : 1;
  MATHS.lastIndex = i;
  const closes = marks.has(i);
  const pair = closes ? null : MATHS.exec(text);
  const inner = pair?.[1] ?? ' ';
  const isMaths = !/^\s|\s$/.test(inner) && !/\p{L}{2}/u.test(withoutCommands(inner));
  if (isMaths) marks.set(i + width + inner.length, ' ');
  if (isMaths || width === 2 || closes) out.gap(i, i + width);
  else out.add('$', i, i + width);
  return width;
}
