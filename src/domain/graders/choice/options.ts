import { clean } from '../../extract/text/clean.ts';

/** Letters of the options; no suite has more. */
export const LETTERS = 'ABCDEFGHIJ';

/** The options of a question as cleaned texts, by their letter's place. Empty: only the letters are known. */
export type Options = readonly string[];

const OPTION_LINE = /^[ \t]*[(（]?([A-J])[)）]?[.、:：)）]?[ \t]+(\S[^\n]*)$/gm;

/** What an item asks, as far as it decides which option a text takes. */
export interface Asked {
  readonly options: Options;
  /** The cleaned question, options included. */
  readonly question: string;
  /** The question asks for the option that is not so: what an answer denies is then what it takes. */
  readonly negative: boolean;
}

const ASKS_WRONG =
  /\b(?:not|except|incorrect|false|wrong|untrue|least|never)\b|n't\b|不正确|错误|不属于|不是|不符合|不包括|不能|不会|不宜|不当|有误|除.{1,12}外/i;

export function askedBy(choices: readonly string[] | null, question: string): Asked {
  const options = optionsOf(choices, question);
  return { options, question: clean(question).text, negative: ASKS_WRONG.test(clean(stemOf(question)).text) };
}

/** The item's own options, or those that stand in its question, a line each: "A. Paris". */
function optionsOf(choices: readonly string[] | null, question: string): Options {
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
