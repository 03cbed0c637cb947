import type { ItemPair } from '../compare.ts';
import type { ItemRecord } from '../run.ts';
import { wilson, type Interval } from '../statistics/wilson.ts';
import { hasIds, partingOf, textParting, type Parting } from './parting.ts';
import type { Tokenizers } from './tokenizers.ts';

/** One item that both runs scored, with both records. */
export interface AnsweredPair {
  readonly pair: ItemPair;
  readonly records: readonly [ItemRecord, ItemRecord];
  /** What each answered, by `answerKey`; null: nothing. Absent: the suite is not here, so nobody knows. */
  readonly keys?: readonly [string | null, string | null];
}

export interface Share {
  readonly count: number;
  readonly n: number;
  /** Wilson 95 %. */
  readonly interval: Interval;
}

/** Places from 1: the first token, or the first character, that differs. */
export interface Places {
  readonly by: 'token' | 'character';
  /** Items whose outputs part. */
  readonly items: number;
  /** Of an even number of items the mean of the two in the middle. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Divergence {
  /** Items whose answer is another one: right or wrong, or wrong in another way. Null: not known, or there is no item. */
  readonly answers: Share | null;
  /** Items whose output has another text. */
  readonly outputs: Share | null;
  /** Null where no outputs part. */
  readonly places: Places | null;
  /** Why `places` counts characters; null: it counts tokens. */
  readonly noTokens: 'other-tokenizer' | 'unknown-tokenizer' | 'no-ids' | null;
  /** Items of which one output was cut before the two could part: they count as unchanged. */
  readonly unseen: number;
  /** By item. */
  readonly partings: ReadonlyMap<string, Parting>;
}

/**
 * How far two runs of one suite say the same, whatever their scores: accuracies may be equal where a tenth of the answers
 * has changed (Dutta et al. 2024, "Accuracy is Not All You Need"). Flips and McNemar's test stand in `compareRuns`.
 */
export function divergenceOf(pairs: readonly AnsweredPair[], tokenizers: Tokenizers): Divergence {
  const noTokens = whyNoTokens(pairs, tokenizers);
  const part = noTokens === null ? partingOf : textParting;
  const partings = new Map(pairs.map(({ pair, records }) => [pair.itemId, part(...records)]));
  const texts = pairs.map(({ records }) => textParting(...records));
  const known = pairs.flatMap(({ keys }) => (keys === undefined ? [] : [keys]));
  return {
    answers: known.length < pairs.length ? null : share(known.filter(([a, b]) => a !== b).length, known.length),
    outputs: share(texts.filter(({ kind }) => kind === 'character').length, texts.length),
    places: placesOf([...partings.values()], noTokens === null ? 'token' : 'character'),
    noTokens,
    unseen: [...partings.values()].filter(({ kind }) => kind === 'unseen').length,
    partings,
  };
}

/** One kind of place for all items: a median over tokens of some and characters of others would mean nothing. */
function whyNoTokens(pairs: readonly AnsweredPair[], tokenizers: Tokenizers): Divergence['noTokens'] {
  if (tokenizers !== 'same') return tokenizers === 'different' ? 'other-tokenizer' : 'unknown-tokenizer';
  return pairs.every(({ records }) => records.every(hasIds)) ? null : 'no-ids';
}

function share(count: number, n: number): Share | null {
  return n === 0 ? null : { count, n, interval: wilson(count, n) };
}

function placesOf(partings: readonly Parting[], by: Places['by']): Places | null {
  const places = partings.flatMap((parting) => ('shared' in parting ? [parting.shared + 1] : [])).sort((a, b) => a - b);
  const [least] = places;
  const most = places.at(-1);
  if (least === undefined || most === undefined) return null;
  const middle = [places[Math.floor((places.length - 1) / 2)], places[Math.floor(places.length / 2)]] as const;
  return { by, items: places.length, median: ((middle[0] ?? least) + (middle[1] ?? most)) / 2, least, most };
}
