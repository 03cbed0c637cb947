import type { Offer } from '../choice/offer.ts';

/** Words of questions and answers that name no row. */
const EMPTY = new Set(
  'the a an of in for is was were are be what which how much many did does do company its and to from year ended total amount it by on as at that this with rmb thousand million billion hk us'.split(
    ' ',
  ),
);
const EMPTY_CHINESE = /[的是为了年月日在和与及其中个多少什么哪公司本集团截至止度请问约达共有人民币千百万亿元]/g;

/** A year within a label does not end it: "the gross profit in 2024 was". */
const YEAR = /(?<!\d)(?:19|20)\d\d(?:年度?|财年)?(?![\d,.])/g;

/** More candidates than this are a list or a loop. */
const MOST = 40;

/** How far before a number its row label is looked for. */
const LABEL = 40;

/**
 * The candidates whose label (the words before them, up to the last number or clause) is most like the question. Empty
 * where no label has anything in common with it.
 */
export function bestRows<T>(text: string, question: string, offers: readonly Offer<T>[]): readonly Offer<T>[] {
  const asked = featuresOf(question);
  if (asked.size === 0 || offers.length > MOST) return [];
  const scores = offers.map((offer) => similarity(asked, featuresOf(labelOf(text, offer))));
  const best = Math.max(...scores);
  return best === 0 ? [] : offers.filter((_, i) => scores[i] === best);
}

function labelOf(text: string, offer: Offer): string {
  const before = text
    .slice(Math.max(0, offer.start - LABEL), offer.start)
    .toLowerCase()
    .replace(YEAR, ' ');
  const words = before.split(/[\d，,。；;\n.|]/);
  // "收入为 | 58": the words right before the number, or in a table those of the first cell.
  return (words.at(-1)?.trim() === '' ? words.filter((w) => w.trim() !== '').at(-1) : words.at(-1)) ?? '';
}

/** Latin words and pairs of Chinese characters that can name a row. */
function featuresOf(text: string): ReadonlySet<string> {
  const features = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(/[a-z]{2,}/g))
    if (!EMPTY.has(word)) features.add(word.replace(/s$/, ''));
  const chinese = text.replace(EMPTY_CHINESE, ' ');
  for (const [run] of chinese.matchAll(/[\u4e00-\u9fff]+/g)) {
    for (let i = 0; i + 1 < run.length; i++) features.add(run.slice(i, i + 2));
  }
  return features;
}

/** Dice's coefficient: what is said beyond the question counts against a label. */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const feature of b) if (a.has(feature)) shared++;
  return shared === 0 ? 0 : (2 * shared) / (a.size + b.size);
}
