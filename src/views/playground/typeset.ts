/** Typesets what mathematics.ts has marked. KaTeX and its fonts are fetched with the first formula. */
import katex from 'katex';
import 'katex/dist/katex.min.css';

/** More formulas than these stay as they were written: each costs layout, and an output may repeat itself for ever. */
const MOST = 200;

/** Layout takes time by the square of the nesting: deeper or longer formulas stay as they were written too. */
const MOST_COMMANDS = 120;
const DEEPEST = 24;

/** `trust: false`: no links, no images, no HTML. A macro that doubles itself ends at `maxExpand`. Sizes in em. */
const OPTIONS = { trust: false, throwOnError: true, strict: 'ignore', maxSize: 20, maxExpand: 300 } as const;

export function typeset(root: ParentNode): void {
  for (const element of [...root.querySelectorAll<HTMLElement>('code.math')].slice(0, MOST)) {
    const tex = element.textContent;
    if (!isReadable(tex)) continue;
    const box = element.ownerDocument.createElement('span');
    box.className = element.className;
    try {
      katex.render(tex, box, { ...OPTIONS, displayMode: element.classList.contains('display') });
      element.replaceWith(box);
    } catch {
      // Not TeX, or too much of it: the source stays.
    }
  }
}

function isReadable(tex: string): boolean {
  let depth = 0;
  let commands = 0;
  for (const character of tex) {
    if (character === '\\') commands += 1;
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth > DEEPEST || commands > MOST_COMMANDS) return false;
  }
  return true;
}
