import { isNegated } from '../../extract/negation.ts';
import { LETTERS, type Options } from './options.ts';

/** A letter, or the text of an option, that the text names. Ranges are of the cleaned text. */
export interface Mention {
  readonly letter: string;
  readonly start: number;
  readonly end: number;
}

const LETTER = /(?<![A-Za-z0-9'])[(（[]?([A-J])[)）\]]?(?![A-Za-z0-9'])/g;
/** "A" and "I" are words too: "A man", "I think". */
const ARTICLE = /^ [a-z]/;
const SAYS_A = /^ (?:is|because|since|as|and|or|but|not|rather)\b/;

/** Letters of the options that the stretch names and does not deny. */
export function lettersIn(text: string, start: number, end: number, options: Options): readonly Mention[] {
  const last = options.length > 0 ? options.length : LETTERS.length;
  const found: Mention[] = [];
  for (const match of text.slice(start, end).matchAll(LETTER)) {
    const letter = match[1] ?? '';
    const from = start + match.index;
    const to = from + match[0].length;
    const behind = text.slice(to, to + 10);
    const isBare = match[0].length === 1;
    const isWord = isBare && (letter === 'A' || letter === 'I') && ARTICLE.test(behind) && !SAYS_A.test(behind);
    if (isWord || LETTERS.indexOf(letter) >= last || isNegated(text, from, to)) continue;
    found.push({ letter, start: from, end: to });
  }
  return found;
}

/** Letters and digits on both sides would make the option a part of another word: "3" in "30", "in" in "Berlin". */
const JOINS = /[\p{Script=Latin}\p{N}]/u;

/**
 * Options whose full text stands in the stretch, undenied; where one lies within another ("rise", "rise slowly") the
 * longer one.
 */
export function optionsIn(text: string, start: number, end: number, options: Options): readonly Mention[] {
  const stretch = text.slice(start, end).toLowerCase();
  const found: Mention[] = [];
  const byLength = options.map((option, i) => ({ words: option.toLowerCase(), letter: LETTERS[i] ?? '' }));
  byLength.sort((a, b) => b.words.length - a.words.length);
  for (const { words, letter } of byLength) {
    if (words === '') continue;
    for (let at = stretch.indexOf(words); at >= 0; at = stretch.indexOf(words, at + words.length)) {
      const [from, to] = [start + at, start + at + words.length];
      const isPart =
        (JOINS.test(words[0] ?? '') && JOINS.test(stretch[at - 1] ?? '')) ||
        (JOINS.test(words.at(-1) ?? '') && /^(?:[\p{Script=Latin}\p{N}]|[.,]\d)/u.test(text.slice(to, to + 2)));
      if (isPart || found.some((m) => m.start < to && from < m.end)) continue;
      found.push({ letter, start: from, end: to });
    }
  }
  return found.filter((m) => !isNegated(text, m.start, m.end)).sort((a, b) => a.start - b.start);
}
