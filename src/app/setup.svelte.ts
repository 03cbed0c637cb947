import {
  GREEDY,
  repeatsFrom,
  VARIANT_IDS,
  type ModelCard,
  type ModelRef,
  type Sampling,
  type VariantId,
} from '#domain';
import type { DeviceChoice } from './device.svelte.ts';
import type { Models } from './models.svelte.ts';
import type { SuiteEntry, Suites } from './suites.svelte.ts';
import { ThinkingSetup } from './thinkingSetup.svelte.ts';

/** One string for exactly these weights: two builds of one model are two choices. */
export function modelKey({ id, revision, build }: ModelRef): string {
  return `${id}@${revision} ${build.engine} ${build.quantisation}`;
}

/** How tokens are drawn, where they are; its code comes when somebody wants it. */
export interface Drawn {
  /** `recommended`: each model by its makers' values. `own`: the same values for all. */
  readonly mode: 'recommended' | 'own';
  /** Whether its fields hold what can be run. */
  readonly valid: boolean;
  /** One run for each. */
  samplingsOf(card: ModelCard): readonly Sampling[];
}

/** What the Run page is set to. It stands here so that it outlives a visit to another page. */
export class RunSetup {
  device = $state<DeviceChoice>('auto');
  /** Ask only so many items of each suite; null: all. */
  limit = $state<number | null>(null);
  readonly thinking = new ThinkingSetup(
    () => this.models,
    () => Math.max(0, ...this.suites.map((suite) => answerTokens(suite, this.variant))),
  );
  /** Null: greedily. */
  drawn = $state.raw<Drawn | null>(null);
  /** Whether a greedy run is made twice, to see that it repeats. */
  twice = $state(false);
  /** Null: nothing was chosen yet, so the first of the list holds. */
  #chosenModels = $state.raw<readonly string[] | null>(null);
  #chosenSuites = $state.raw<readonly string[] | null>(null);
  #variant = $state<VariantId>('plain');
  readonly #models: Models;
  readonly #suites: Suites;

  constructor(models: Models, suites: Suites) {
    this.#models = models;
    this.#suites = suites;
  }

  /** Whether the fields of sampling hold what can be run. */
  get drawable(): boolean {
    return this.drawn?.valid ?? true;
  }

  /** One run for each, of this model on one suite. */
  samplingsOf(card: ModelCard): readonly Sampling[] {
    return this.drawn?.samplingsOf(card) ?? repeatsFrom(GREEDY, this.twice ? 2 : 1);
  }

  /** In the order of the list; the first card (the embedded model) until something is chosen. */
  get models(): readonly ModelCard[] {
    const { cards } = this.#models;
    return cards.kind === 'ready' ? chosenOf(cards.value, ({ ref }) => modelKey(ref), this.#chosenModels) : [];
  }

  /** In the order of the list; the first suite until something is chosen. */
  get suites(): readonly SuiteEntry[] {
    return chosenOf(this.#suites.entries, ({ hash }) => hash, this.#chosenSuites);
  }

  toggleModel(ref: ModelRef, on: boolean): void {
    const before = this.models.map((card) => modelKey(card.ref));
    this.#chosenModels = toggled(before, modelKey(ref), on);
  }

  toggleSuite(hash: string, on: boolean): void {
    const before = this.suites.map((suite) => suite.hash);
    this.#chosenSuites = toggled(before, hash, on);
  }

  /** The ways of asking that at least one of the chosen suites offers. */
  get variants(): readonly VariantId[] {
    const offered = this.suites.flatMap(({ variants }) => variants.map(({ id }) => id));
    return VARIANT_IDS.filter((id) => id === 'plain' || offered.includes(id));
  }

  /** What was chosen, or `plain` while no chosen suite offers it. */
  get variant(): VariantId {
    return this.variants.includes(this.#variant) ? this.#variant : 'plain';
  }

  chooseVariant(id: VariantId): void {
    this.#variant = id;
  }

  /** This model and no other: one that was imported a moment ago. */
  chooseModel(ref: ModelRef): void {
    this.#chosenModels = [modelKey(ref)];
  }

  /** This suite and no other. It has another number of items: the limit of the last one does not hold for it. */
  chooseSuite(hash: string): void {
    this.limit = null;
    this.#chosenSuites = [hash];
  }
}

/** Most tokens of an answer to this suite, asked in this way or, where it does not offer it, plainly. */
export function answerTokens({ variants, maxTokens }: SuiteEntry, variant: VariantId): number {
  return variants.find(({ id }) => id === variant)?.maxTokens ?? maxTokens;
}

function chosenOf<T>(all: readonly T[], keyOf: (one: T) => string, chosen: readonly string[] | null): readonly T[] {
  return chosen === null ? all.slice(0, 1) : all.filter((one) => chosen.includes(keyOf(one)));
}

function toggled(before: readonly string[], key: string, on: boolean): readonly string[] {
  const others = before.filter((other) => other !== key);
  return on ? [...others, key] : others;
}
