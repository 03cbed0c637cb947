import { clean } from '../../extract/clean.ts';

/** Letters of the options; no suite has more. */
export const LETTERS = 'ABCDEFGHIJ';

/** The options of a question as cleaned texts, by their letter's place. Empty: only the letters are known. */
export type Options = readonly string[];

const OPTION_LINE = /^[ \t]*[(（]?([A-J])[)）]?[.、:：)）]?[ \t]+(\S[^\n]*)$/gm;

/** The item's own options, or those that stand in its question, a line each: "A. Paris". */
export function optionsOf(choices: readonly string[] | null, question: string): Options {
  if (choices !== null) return choices.map((text) => clean(text).text.trim());
  const found: string[] = [];
  for (const [, letter, text = ''] of clean(question).text.matchAll(OPTION_LINE)) {
    if (letter === LETTERS[found.length]) found.push(text.trim());
  }
  return found.length >= 2 ? found : [];
}

/** The question without the lines of its options. */
export function stemOf(question: string): string {
  const at = question.search(/\n[ \t]*[(（]?[AＡ][)）]?[.、:：)）．]?[ \t]*\S/);
  return at < 0 ? question : question.slice(0, at);
}
