import { nounOf, plain } from './asides.ts';
import type { ChoiceInput } from '../choice/choice.ts';
import { distinct, type Offer } from '../choice/offer.ts';

const CONCLUDES = /\b(?:so|therefore|thus|hence|then|which|left|remain\w*|need\w*|more|fewer|less)\b|=/i;

/**
 * The number of the last sentence that the asked thing stands behind ("How many adults?", "18 adults and 12 children"),
 * where the last number is one of another thing. Null: the sentence does not say so.
 */
export function ofAskedThing<T>(text: string, offers: readonly Offer<T>[], input: ChoiceInput<T>): Offer<T> | null {
  const { asked, sentences } = input;
  const last = offers.at(-1);
  if (last === undefined || asked.counted === null || asked.comparison || asked.share) return null;
  const noun = nounOf(text, last);
  if (noun === '' || noun === asked.counted || asked.sentence.includes(noun)) return null;
  const start = sentences.start(sentences.indexAt(last.start));
  const tied = offers.filter((o) => o.start >= start && nounOf(text, o) === asked.counted);
  const [first] = tied;
  if (first === undefined || distinct(tied) > 1 || CONCLUDES.test(text.slice(first.end, last.start))) return null;
  const around = text.slice(Math.max(start, first.start - 24), first.end + 24).toLowerCase();
  if (!asked.qualifiers.every((word) => around.includes(word))) return null;
  const isOnlyGiven = plain(first) === first.value && asked.givens.has(first.value);
  return isOnlyGiven && !asked.givens.has(plain(last)) ? null : first;
}
