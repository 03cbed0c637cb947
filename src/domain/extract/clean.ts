import { foldUnit } from './fold.ts';
import { rewriteLatex } from './latex.ts';
import { MappedBuilder, type Mapped } from './mapped.ts';
import { HIDDEN } from './visible.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
/** What is taken over as it is: ASCII without the signs of Markdown, LaTeX and hidden stretches. */
const PLAIN = /[^\\$*_`^{}\0\u0080-\uffff]+/y;
const FOLDED_FRACTION = /^(\d+)\u2044(\d+)$/;

/**
 * The text in the one form that the readers know: folded (width, signs, script), Markdown emphasis and LaTeX taken
 * away, `½` and `\frac{1}{2}` written with U+2044, `10¹⁰` and `10^{10}` written `10^10`, `\u4ebf` of JSON decoded.
 * Hidden stretches become one line break.
 */
export function clean(visible: string): Mapped {
  const out = new MappedBuilder();
  /** Where the `$` stand that end mathematics. */
  const closers = new Set<number>();
  let i = 0;
  while (i < visible.length) {
    const unit = visible[i] ?? '';
    PLAIN.lastIndex = i;
    const plain = PLAIN.exec(visible)?.[0];
    if (plain !== undefined) {
      out.copy(plain, i);
      i += plain.length;
    } else if (unit === HIDDEN) {
      let end = i;
      while (visible[end] === HIDDEN) end++;
      out.add('\n', i, end);
      i = end;
    } else if (unit === '\\') {
      i = rewriteLatex(visible, i, out);
    } else {
      i += rewriteUnit(visible, i, unit, out, closers);
    }
  }
  return out.build();
}

/** Rewrites what stands at `i` and returns how many units it took. */
function rewriteUnit(text: string, i: number, unit: string, out: MappedBuilder, closers: Set<number>): number {
  const next = text[i + 1] ?? '';
  if (unit === '$') return rewriteDollar(text, i, out, closers);
  if (unit < '\u0080') return rewriteAscii(text, i, unit, next, out);
  if (unit >= '\u3400' && unit <= '\u9fff') {
    out.add(String.fromCharCode(foldUnit(unit.charCodeAt(0))), i, i + 1);
    return 1;
  }
  if (INVISIBLE.test(unit)) return 1;
  const power = SUPERSCRIPTS.indexOf(unit);
  if (power >= 0 || (unit === '⁻' && SUPERSCRIPTS.includes(next))) {
    const continued = i > 0 && (SUPERSCRIPTS + '⁻').includes(text[i - 1] ?? ' ');
    out.add((continued ? '' : '^') + (power >= 0 ? String(power) : '-'), i, i + 1);
    return 1;
  }
  const fraction = unit >= '¼' && unit <= '⅞' ? FOLDED_FRACTION.exec(unit.normalize('NFKC')) : null;
  if (fraction !== null) {
    if (/\d/.test(out.last)) out.add(' ', i, i);
    out.add(fraction[0], i, i + 1);
    return 1;
  }
  out.add(String.fromCharCode(foldUnit(unit.charCodeAt(0))), i, i + 1);
  return 1;
}

function rewriteAscii(text: string, i: number, unit: string, next: string, out: MappedBuilder): number {
  switch (unit) {
    case '*':
    case '_':
      if (next !== unit) break;
      // "2**3" is a power, "**18**" is emphasis.
      if (unit === '*' && /\d/.test(out.last) && /\d/.test(text[i + 2] ?? '')) out.add('^', i, i + 2);
      return 2;
    case '`':
      return 1;
    case '^':
      if (next !== '{' && next !== '(') break;
      out.add('^', i, i + 2);
      return 2;
    case '{':
      // "9{,}500"
      if (text[i + 2] === '}' && (next === ',' || next === '.')) {
        out.add(next, i, i + 3);
        return 3;
      }
      out.add(' ', i, i + 1);
      return 1;
    case '}':
      out.add(' ', i, i + 1);
      return 1;
  }
  out.add(unit, i, i + 1);
  return 1;
}

const MATHS = /\$\$?([^$\n]{1,120})\$\$?(?!\d)/y;

/**
 * `$18$` is mathematics, `$18` is money. A pair counts as mathematics when nothing between looks like prose: no
 * space at its ends, and no word of two letters or more except LaTeX commands and their braces.
 */
function rewriteDollar(text: string, i: number, out: MappedBuilder, closers: Set<number>): number {
  const width = text[i + 1] === '$' ? 2 : 1;
  MATHS.lastIndex = i;
  const pair = closers.has(i) ? null : MATHS.exec(text);
  const inner = pair?.[1] ?? ' ';
  const isMaths = !/^\s|\s$/.test(inner) && !/\p{L}{2}/u.test(inner.replace(/\\[a-z]+(?:\{[^{}]*\})?/gi, ''));
  if (isMaths) closers.add(i + (text[i + 1] === '$' ? 2 : 1) + inner.length);
  out.add(isMaths || width === 2 || closers.has(i) ? ' ' : '$', i, i + width);
  return width;
}
