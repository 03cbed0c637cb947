import type { Asked } from './asked.ts';
import type { Offer } from '../choice/offer.ts';

const ASKS_YEAR = /\b(?:which|what) year\b|哪一?年|何年/i;
const SEPARATOR = /[,;.\n，；。]|\b(?:and|while|but)\b|[和而]/gi;
const EMPTY = new Set(
  'the a an in of was is were did do does which what year it its on at to and by for he she they'.split(' '),
);

/**
 * The year that is said of what the question asks for, where others are said of something else: "It was founded in 1998
 * and listed in 2004". Null: no year is asked for, or nothing tells them apart.
 */
export function ofAskedEvent<T>(text: string, offers: readonly Offer<T>[], asked: Asked): Offer<T> | null {
  if (offers.length < 2 || offers.length > 8 || !ASKS_YEAR.test(asked.sentence)) return null;
  const words = stems(asked.sentence);
  const shared = offers.map((offer, i) => {
    const stretch = text.slice(Math.max(offers[i - 1]?.end ?? 0, offer.start - 80), offer.start);
    const from = [...stretch.matchAll(SEPARATOR)].at(-1);
    const clause = from === undefined ? stretch : stretch.slice(from.index + from[0].length);
    return [...stems(clause)].filter((word) => words.has(word)).length;
  });
  const most = Math.max(...shared);
  const best = offers.filter((_, i) => shared[i] === most);
  return most > 0 && best.length === 1 ? (best[0] ?? null) : null;
}

/** Words without their endings, and pairs of Chinese characters. */
function stems(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(/[a-z]{2,}/g))
    if (!EMPTY.has(word)) found.add(word.replace(/(?:ed|ing|es|s|e)$/, ''));
  for (const [run] of text.matchAll(/[\u4e00-\u9fff]{2,}/g))
    for (let i = 0; i + 1 < run.length; i++) found.add(run.slice(i, i + 2));
  return found;
}
