/**
 * What a model wrote, as a document. The text is foreign: a model can be made to write anything, so nothing of it may
 * run, load from elsewhere, or lay itself over the page. Three walls: markdown-it with HTML switched off, a short list
 * of elements and attributes by DOMPurify, and the page's content security policy.
 */
import createPurifier, { type Config } from 'dompurify';
import MarkdownIt from 'markdown-it';
import { mathematics } from './mathematics.ts';

/** Longer outputs are shown as text: parsing is linear, but a page of that size is slow to lay out. */
const LONGEST = 60_000;

/** Quotations in quotations in lists…: deeper ones are shown as text. */
const DEEPEST = 24;

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true, maxNesting: DEEPEST })
  // An image would be fetched from whoever the output names.
  .disable('image')
  .use(mathematics);

// A heading of an output is none of the page's: it must not stand in the outline that screen readers offer.
markdown.renderer.rules.heading_open = (tokens, index) => `<p class="heading ${tokens[index]?.tag ?? ''}">`;
markdown.renderer.rules.heading_close = () => '</p>';

const ALLOWED: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'hr', 'em', 'strong', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'span'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'title', 'class', 'start'],
  ALLOWED_URI_REGEXP: /^https?:\/\//i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

/**
 * How much of a document that is still growing is settled: all but its last two blocks. Markdown finds its blocks from the
 * top down, and only the open one grows; the one before it may still take the first sign of the last ("2" becomes the
 * next point of a list with the full stop behind it). In UTF-16 code units.
 */
export function settledLength(source: string): number {
  const starts = markdown
    .parse(source, {})
    .flatMap(({ level, map, nesting }) => (level === 0 && nesting >= 0 && map !== null ? [map[0]] : []));
  const lines = starts.at(-2) ?? 0;
  if (lines === 0) return 0;
  // As the parser counts lines: a lone carriage return ends one too.
  const ends = source.matchAll(/\r\n?|\n/g);
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const { value, done } = ends.next();
    if (done === true) break;
    at = value.index + value[0].length;
  }
  return at;
}

/** Null: too long to be shown as anything but text. `view`: the window whose DOM is used. */
export function richText(source: string, view: Window & typeof globalThis = window): DocumentFragment | null {
  if (source.length > LONGEST) return null;
  const fragment = createPurifier(view).sanitize(markdown.render(source), ALLOWED);
  for (const link of fragment.querySelectorAll('a')) {
    link.rel = 'noopener noreferrer nofollow';
    link.target = '_blank';
  }
  return fragment;
}
