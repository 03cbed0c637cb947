import type { RejectedBecause } from '../../verdict.ts';

/**
 * A candidate: something in the cleaned text that could be the answer, whatever its type (number, date, range). The
 * choice between candidates needs no more than this of them.
 */
export interface Offer<T = unknown> {
  readonly start: number;
  readonly end: number;
  readonly item: T;
  /** Equal keys mean equal values: "12" and "12.0" are one candidate. */
  readonly value: string;
  /** 0: carries the unit that is asked for; 1: carries none; 2: carries another one. */
  readonly tier: 0 | 1 | 2;
  /** A small number word ("one", 一), which counts only where nothing better is offered. */
  readonly weak: boolean;
}

export interface Rejection<T = unknown> {
  readonly offer: Offer<T>;
  readonly because: RejectedBecause;
}

/** The candidates that fit best: those with the asked unit, else those without one, else the others. */
export function bestFit<T>(offers: readonly Offer<T>[]): readonly Offer<T>[] {
  const strong = offers.some((o) => !o.weak) ? offers.filter((o) => !o.weak) : offers;
  const tier = Math.min(...strong.map((o) => o.tier));
  return strong.filter((o) => o.tier === tier);
}

export function distinct(offers: readonly Offer[]): number {
  return new Set(offers.map((o) => o.value)).size;
}

/** The unit's kind, which ends the key of an offered quantity; empty where it carries none. */
export function unitOf({ value }: Offer): string {
  return /[a-z]+$/.exec(value)?.[0] ?? '';
}

/** Those that start in `[start, end)`; `places` are in order of the text. */
export function within<P extends { readonly start: number }>(
  places: readonly P[],
  start: number,
  end: number,
): readonly P[] {
  const low = countBefore(places, start);
  let high = low;
  while (high < places.length && (places[high]?.start ?? end) < end) high++;
  return places.slice(low, high);
}

/** How many of the places, which are in order of the text, start before `at`. */
export function countBefore(places: readonly { readonly start: number }[], at: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.start ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
