import type { ModelCard, ModelRef } from '#domain';
import type { DeviceChoice } from './device.svelte.ts';
import type { Models } from './models.svelte.ts';
import type { SuiteEntry, Suites } from './suites.svelte.ts';

/** One string for exactly these weights: two builds of one model are two choices. */
export function modelKey({ id, revision, build }: ModelRef): string {
  return `${id}@${revision} ${build.engine} ${build.quantisation}`;
}

/** What the Run page is set to. It stands here so that it outlives a visit to another page. */
export class RunSetup {
  device = $state<DeviceChoice>('auto');
  /** Ask only so many items; null: all. */
  limit = $state<number | null>(null);
  #model = $state<string | null>(null);
  #suite = $state<string | null>(null);
  readonly #models: Models;
  readonly #suites: Suites;

  constructor(models: Models, suites: Suites) {
    this.#models = models;
    this.#suites = suites;
  }

  /** The first card (the embedded model) until another one is chosen; null while the list is not there. */
  get model(): ModelCard | null {
    const { cards } = this.#models;
    if (cards.kind !== 'ready') return null;
    return cards.value.find(({ ref }) => modelKey(ref) === this.#model) ?? cards.value[0] ?? null;
  }

  chooseModel(ref: ModelRef): void {
    this.#model = modelKey(ref);
  }

  get suite(): SuiteEntry | null {
    const { entries } = this.#suites;
    return entries.find(({ hash }) => hash === this.#suite) ?? entries[0] ?? null;
  }

  /** Another suite has another number of items: the limit of the last one does not hold for it. */
  chooseSuite(hash: string): void {
    if (hash !== this.suite?.hash) this.limit = null;
    this.#suite = hash;
  }
}
