// @ts-expect-error the package declares no types for its dictionaries; the value is checked below
import pairs from 'opencc-js/dict/TSCharacters';

/** No-break and thin spaces, which group digits: 58 159 881. */
const THIN_SPACE = '\u2009';

/**
 * One UTF-16 unit to one UTF-16 unit, so that a folded text keeps its offsets: full-width Latin to half-width, the
 * many minus signs and spaces to one of each, traditional characters to simplified ones (OpenCC's TSCharacters: the
 * first choice where there are several).
 *
 * The Chinese marks `，：；！？` stay as they are: NFKC would turn `，` into `,` and merge "881千元，2024" into one
 * number, and "2024：58" into a ratio.
 */
const TABLE: Uint16Array = /* @__PURE__ */ buildTable(pairs);

export function fold(text: string): string {
  let folded = '';
  /** What needs no folding is taken over in stretches: most of a text. */
  let taken = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const into = TABLE[unit] ?? unit;
    if (into === unit) continue;
    folded += text.slice(taken, i) + String.fromCharCode(into);
    taken = i + 1;
  }
  return taken === 0 ? text : folded + text.slice(taken);
}

function buildTable(dictionary: unknown): Uint16Array {
  const table = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
  const put = (from: string, to: string): void => {
    table[from.charCodeAt(0)] = to.charCodeAt(0);
  };
  for (let unit = 0xff01; unit <= 0xff5e; unit++) table[unit] = unit - 0xfee0;
  for (const mark of '，：；！？') put(mark, mark);
  for (const minus of '\u2010\u2011\u2012\u2212\u02d7\ufe63') put(minus, '-');
  for (const space of '\u00a0\u2007\u2009\u202f') put(space, THIN_SPACE);
  for (const wave of '\u301c\u223c\u02dc') put(wave, '~');
  for (const quote of '\u2018\u2019\u02bc') put(quote, "'");
  for (const [from, to] of [
    ['\u3000', ' '],
    ['￥', '¥'],
    ['￡', '£'],
    ['﹪', '%'],
    ['\u2215', '/'],
    ['○', '〇'],
    ['✕', '×'],
  ] as const)
    put(from, to);
  if (typeof dictionary !== 'string') throw new TypeError('opencc-js/dict/TSCharacters is not a string');
  for (const entry of dictionary.split('|')) {
    const [traditional = '', simplified = ''] = entry.split(' ');
    if (traditional.length === 1 && simplified.length === 1) put(traditional, simplified);
  }
  return table;
}
