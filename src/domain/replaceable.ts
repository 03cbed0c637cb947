import type { LoadedModel } from './engine.ts';

/** The model of a run, which a fresh one may replace on the way. */
export interface Replaceable {
  current(): LoadedModel;
  /**
   * A model that is not the broken one: all items that it failed at once share one reload. Rejects where that fails; the
   * next call tries again.
   */
  instead(broken: LoadedModel): Promise<LoadedModel>;
}

export interface Reloading {
  readonly model: LoadedModel;
  readonly reload: (signal: AbortSignal) => Promise<LoadedModel>;
}

export function replaceable({ model, reload }: Reloading, signal: AbortSignal): Replaceable {
  let current = model;
  let reloading: Promise<LoadedModel> | null = null;
  const replace = async (): Promise<LoadedModel> => {
    try {
      return (current = await reload(signal));
    } finally {
      reloading = null;
    }
  };
  return {
    current: () => current,
    instead: (broken) => (broken === current ? (reloading ??= replace()) : Promise.resolve(current)),
  };
}
