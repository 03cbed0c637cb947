import type { MappedBuilder } from './mapped.ts';

const FRACTION =
  /\\[dtc]?frac\s{0,2}(?:\{\s{0,2}(-?[\d,.]{1,40})\s{0,2}\}|(\d))\s{0,2}(?:\{\s{0,2}([\d,.]{1,40})\s{0,2}\}|(\d))/y;
const COMMAND = /\\(?:[a-zA-Z]{1,24}|[^a-zA-Z])/y;
const ESCAPED_UNIT = /\\u([0-9a-fA-F]{4})/y;

const SYMBOLS: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '×',
  div: '÷',
  approx: '≈',
  sim: '~',
  to: ' to ',
  pm: '±',
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
};

/** Commands whose braces hold text to be read as it is. */
const SPACING = new Set([',', ';', ':', '!', ' ', 'quad', 'qquad']);

/** Rewrites the command at `i` (a backslash) and returns the index behind it. */
export function rewriteLatex(text: string, i: number, out: MappedBuilder): number {
  const opens = text[i + 1] ?? '';
  const fraction = 'dtcf'.includes(opens) ? matchAt(FRACTION, text, i) : null;
  if (fraction !== null) {
    const end = i + fraction[0].length;
    const [top = '', bottom = ''] = [fraction[1] ?? fraction[2], fraction[3] ?? fraction[4]];
    const isMixed = out.endsInDigit;
    out.add(`${isMixed ? ' ' : ''}${top}\u2044${bottom}`, i, end);
    return end;
  }
  const escaped = opens === 'u' ? matchAt(ESCAPED_UNIT, text, i) : null;
  if (escaped !== null) {
    out.add(String.fromCharCode(parseInt(escaped[1] ?? '20', 16)), i, i + 6);
    return i + 6;
  }
  const command = matchAt(COMMAND, text, i);
  if (command === null) {
    out.add(' ', i, i + 1);
    return i + 1;
  }
  const name = command[0].slice(1);
  const end = i + command[0].length;
  const groupsDigits = out.endsInDigit && /\d/.test(text[end] ?? '');
  // "70,\!000": a negative space is there for the eye.
  if (name === '!') return end;
  // "58\,159\,881": a thin space between digits only groups them.
  if (SPACING.has(name)) out.add(groupsDigits && name !== ' ' ? '\u2009' : ' ', i, end);
  else out.add(SYMBOLS[name] ?? ' ', i, end);
  return end;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
