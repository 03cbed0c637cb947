import { mulberry32 } from '#domain';

/** Which questions of a large file become items. */
export type Take =
  | { readonly kind: 'first'; readonly count: number }
  /** Drawn without replacement; the same seed and file give the same questions. */
  | { readonly kind: 'sample'; readonly count: number; readonly seed: number };

/** Keeps at most `count` of a stream of values, in their order, without holding the others. */
export interface Taker<T> {
  offer(value: T): void;
  readonly offered: number;
  kept(): readonly T[];
}

export function taker<T>(take: Take): Taker<T> {
  return take.kind === 'first' ? firstOf(take.count) : sampleOf(take.count, mulberry32(take.seed));
}

function firstOf<T>(count: number): Taker<T> {
  const kept: T[] = [];
  let offered = 0;
  return {
    offer(value) {
      offered += 1;
      if (kept.length < count) kept.push(value);
    },
    get offered() {
      return offered;
    },
    kept: () => kept,
  };
}

/** Reservoir sampling: Vitter 1985, algorithm R. `random`: uniform on [0, 1). */
function sampleOf<T>(count: number, random: () => number): Taker<T> {
  const reservoir: { readonly place: number; readonly value: T }[] = [];
  let offered = 0;
  return {
    offer(value) {
      const entry = { place: offered, value };
      offered += 1;
      if (reservoir.length < count) {
        reservoir.push(entry);
        return;
      }
      const drawn = Math.floor(random() * offered);
      if (drawn < count) reservoir[drawn] = entry;
    },
    get offered() {
      return offered;
    },
    kept: () => [...reservoir].sort((a, b) => a.place - b.place).map(({ value }) => value),
  };
}
