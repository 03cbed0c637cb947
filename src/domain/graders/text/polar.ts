/** Golds that are a yes or a no. */
export const POLAR = /^(?:yes|no|true|false|是|否|不是|对|错|不对|有|没有)$/;

/**
 * Words that answer by themselves: a clause of their own, or before the short sentence that repeats them ("Yes it was",
 * "No – subletting is forbidden").
 */
const SAID =
  /(?<![\p{L}\p{N}'])(yes|no|yeah|yep|nope|true|false|是的?|否|不是|对的?|错|不对|有|没有)(?:(?=\s*(?:[,，.。;；!！…\n)）]|$))|(?=\s+[-–—]|[–—])|(?= (?:it|they|he|she|this|that|we|i|you|there)\b))/giu;
const SIDE: Readonly<Record<string, 'yes' | 'no'>> = {
  ...{ yes: 'yes', yeah: 'yes', yep: 'yes', true: 'yes', 是: 'yes', 是的: 'yes', 对: 'yes', 对的: 'yes', 有: 'yes' },
  ...{ no: 'no', nope: 'no', false: 'no', 否: 'no', 不是: 'no', 错: 'no', 不对: 'no', 没有: 'no' },
};
const CORRECTS = /\b(?:wait|actually|sorry|i mean|correction|rather)\b|不对|不，|等等|更正|抱歉/i;

const DENIED = /(?:\bnot|\bnever|n't(?: [a-z]+)?|[不非]) ?$/i;

/**
 * The words by which a text answers yes or no, as they were said: those of the one side that it takes, or of the side
 * that corrects the other. None: both were said, or one was denied. Null: the text says neither.
 */
export function polarWords(answer: string): readonly string[] | null {
  const said = [...answer.matchAll(SAID)].map((match) => ({ word: match[1] ?? '', at: match.index }));
  const last = said.at(-1);
  if (last === undefined) return null;
  if (said.some(({ at }) => DENIED.test(answer.slice(Math.max(0, at - 20), at)))) return [];
  const side = SIDE[last.word.toLowerCase()];
  const taken = said.filter(({ word }) => SIDE[word.toLowerCase()] === side).map(({ word }) => word);
  const before = said.at(-2);
  const isCorrected = before !== undefined && CORRECTS.test(answer.slice(before.at, last.at));
  return taken.length === said.length || isCorrected ? taken : [];
}
