/**
 * Mathematics in Markdown: $…$, $$…$$, \(…\), \[…\]. It becomes `<code class="math">` with the source in it, escaped
 * like all text; typesetting comes after the sanitiser and only touches these elements (typeset.ts).
 */
import type { MarkdownIt, StateInline } from 'markdown-it';

/** Longer ones are no formula that somebody wants to read. */
const LONGEST = 2_000;

interface Delimiters {
  readonly open: string;
  readonly close: string;
  readonly display: boolean;
}

/** The longer ones first. */
const DELIMITERS: readonly Delimiters[] = [
  { open: '$$', close: '$$', display: true },
  { open: '\\[', close: '\\]', display: true },
  { open: '\\(', close: '\\)', display: false },
  { open: '$', close: '$', display: false },
];

export function mathematics(markdown: MarkdownIt): void {
  // Before `escape`, which would take the backslash of \( away.
  markdown.inline.ruler.before('escape', 'math', readMath);
  markdown.renderer.rules.math = (tokens, index) => {
    const token = tokens[index];
    const kind = token?.markup === 'display' ? 'math display' : 'math';
    return `<code class="${kind}">${markdown.utils.escapeHtml(token?.content ?? '')}</code>`;
  };
}

function readMath(state: StateInline, silent: boolean): boolean {
  const found = DELIMITERS.find(({ open }) => state.src.startsWith(open, state.pos));
  if (found === undefined) return false;
  const start = state.pos + found.open.length;
  const end = state.src.slice(start, start + LONGEST).indexOf(found.close);
  if (end < 0) return false;
  const tex = state.src.slice(start, start + end);
  if (tex.trim() === '' || (found.open === '$' && !isFormula(tex, state.src[start + end + 1]))) return false;
  if (!silent) {
    const token = state.push('math', 'code', 0);
    token.content = tex;
    token.markup = found.display ? 'display' : '';
  }
  state.pos = start + end + found.close.length;
  return true;
}

/** Not "$5 and $6": pandoc's rule. No space inside the signs, and no digit behind the closing one. */
function isFormula(tex: string, after: string | undefined): boolean {
  return !/^\s|\s$/.test(tex) && !/\d/.test(after ?? '') && !tex.includes('\n\n');
}
