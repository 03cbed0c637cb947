import { undenied } from './denied.ts';
import { type Asked, LETTERS } from './options.ts';

/** A letter, or the text of an option, that the text names. Ranges are of the cleaned text. */
export interface Mention {
  readonly letter: string;
  readonly start: number;
  readonly end: number;
}

/** A small letter is one only where it stands in brackets, or behind "option". */
const LETTER =
  /(?<![A-Za-z0-9'])(?:[(（[]?([A-J])[)）\]]?(?![A-Za-z0-9'])|(?:(?<=\b(?:option|choice) )|(?=[(（[]))[(（[]?([a-j])[)）\]]?(?![A-Za-z0-9']))/g;
/** "A" and "I" are words too: "A man", "I think". */
const ARTICLE = /^ [a-z]/;
const SAYS_A = /^ (?:is|because|since|as|and|or|but|not|rather)\b/;

/** Letters of the options that the stretch names and does not deny. */
export function lettersIn(text: string, start: number, end: number, asked: Asked): readonly Mention[] {
  const last = asked.options.length > 0 ? asked.options.length : LETTERS.length;
  const found: Mention[] = [];
  for (const match of text.slice(start, end).matchAll(LETTER)) {
    const letter = (match[1] ?? match[2] ?? '').toUpperCase();
    const from = start + match.index;
    const to = from + match[0].length;
    const behind = text.slice(to, to + 10);
    const isBare = match[0].length === 1;
    const isWord = isBare && (letter === 'A' || letter === 'I') && ARTICLE.test(behind) && !SAYS_A.test(behind);
    if (isWord || LETTERS.indexOf(letter) >= last) continue;
    found.push({ letter, start: from, end: to });
  }
  return undenied(text, found, asked.negative);
}

/** Letters and digits on both sides would make the option a part of another word: "3" in "30", "in" in "Berlin". */
const JOINS = /[\p{Script=Latin}\p{N}]/u;

/** "After 1945", "1945/46", "more than 30": a number of the options as the bound of something else. */
function isBound(text: string, start: number, end: number, words: string): boolean {
  return (
    /^\d/.test(words) && (BOUND.test(text.slice(Math.max(0, start - 16), start)) || /^[/–-]\d/.test(text.slice(end)))
  );
}

const BOUND =
  /(?:\b(?:after|before|than|until|till|since|over|under|almost|nearly|between)|[超高低多少大小早晚][于过])\s?$/i;

/** "did not end in 1945": the verb is denied, and with it what follows. */
const VERB_DENIED = /(?:n't|\b(?:not|never)) (?!(?:only|just|sure)\b)(?:(?!but\b)[a-z]+ ){1,3}["“]?$/i;

/**
 * Options whose full text stands in the stretch, undenied; where one lies within another ("rise", "rise slowly") the
 * longer one.
 */
export function optionsIn(text: string, start: number, end: number, asked: Asked): readonly Mention[] {
  const stretch = text.slice(start, end).toLowerCase();
  const found: Mention[] = [];
  const byLength = asked.options.map((option, i) => ({ words: option.toLowerCase(), letter: LETTERS[i] ?? '' }));
  byLength.sort((a, b) => b.words.length - a.words.length);
  for (const { words, letter } of byLength) {
    if (words === '') continue;
    for (let at = stretch.indexOf(words); at >= 0; at = stretch.indexOf(words, at + words.length)) {
      const [from, to] = [start + at, start + at + words.length];
      const isPart =
        (JOINS.test(words[0] ?? '') && JOINS.test(stretch[at - 1] ?? '')) ||
        (JOINS.test(words.at(-1) ?? '') && /^(?:[\p{Script=Latin}\p{N}]|[.,]\d)/u.test(text.slice(to, to + 2)));
      if (isPart || isBound(text, from, to, words) || found.some((m) => m.start < to && from < m.end)) continue;
      found.push({ letter, start: from, end: to });
    }
  }
  found.sort((a, b) => a.start - b.start);
  const said = found.filter((m) => asked.negative || !VERB_DENIED.test(text.slice(Math.max(0, m.start - 32), m.start)));
  return undenied(text, said, asked.negative);
}
