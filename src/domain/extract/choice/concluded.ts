import type { ChoiceInput } from './choice.ts';
import type { Offer } from './offer.ts';
import { ofRow } from '../question/statementRows.ts';

/** "Therefore, net income was", 因此净利润为: a sentence that says what the table or list before it comes to. */
const CONCLUDES =
  /^\W*(?:(?:so|therefore|thus|hence|in conclusion|to conclude|in summary|overall)\b|所以|因此|因而|故|可见|综上(?:所述)?|总之)[^\n]{2,80}?(?:\b(?:is|was|are|were|equals?|amounts? to|amounted to|totall?ed|of)\b|[为是达:：=])[^\p{L}\d]*(?:rmb|hk|us|cny|usd|hkd|人民币|港币|美元)?[^\p{L}\d]*$/iu;
/** Another quantity than what the question names, or one that is not meant exactly. */
const SAYS_OTHER =
  /\b(?:increas|decreas|grow|grew|rose|rise|fell|fall|declin|higher|lower|differ|average|ratio|margin|compared|than|previous|prior|last year|not)|增|减|升|降|涨|跌|差|比|平均|率|上年|去年|上期|不/i;

/** Words that tell of what is spoken: pairs of characters, or longer words than was and from. */
const WORDS = /(?=([\u4e00-\u9fff]{2}|\b[a-z]{5,}))/g;
const LONGEST = 120;

/**
 * The one value of the last sentence, where that sentence draws a conclusion and names no other year or row: it decides
 * over a cell of the table that was copied before it.
 */
export function concludedValue<T>(input: ChoiceInput<T>): Offer<T> | null {
  const { text, sentences, key, labels, asked } = input;
  const said = input.offers.filter((o) => o.tier < 2 && !o.weak);
  const last = said.at(-1);
  if (last === undefined || /[\p{L}\p{N}]/u.test(text.slice(sentences.endAt(last.start)))) return null;
  const start = sentences.start(sentences.indexAt(last.start));
  if ((said.at(-2)?.end ?? 0) > start || last.start - start > LONGEST) return null;
  const lead = text.slice(start, last.start);
  if (!CONCLUDES.test(lead) || SAYS_OTHER.test(lead)) return null;
  if (![...lead.toLowerCase().matchAll(WORDS)].some(([, word = '']) => asked.sentence.includes(word))) return null;
  const year = labels.get(last) ?? null;
  const isOfYear = year === null || year === key.year;
  return isOfYear && ofRow(lead, asked.sentence, [{ ...last, start: lead.length }]).other === null ? last : null;
}
