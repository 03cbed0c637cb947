import {
  catalogueModelOf,
  recommendedSampling,
  sampledAs,
  SEEDS,
  type ModelCard,
  type RecommendedSampling,
  type Sampling,
  type ThinkingMode,
} from '#domain';
import type { CatalogueState } from '../catalogue.svelte.ts';

/** `recommended`: each model by its makers' values, greedily where they name none. `own`: the fields, for all alike. */
export type SamplingMode = 'recommended' | 'greedy' | 'own';
export const SAMPLING_MODES: readonly SamplingMode[] = ['recommended', 'greedy', 'own'];

export type SamplingField = 'temperature' | 'topP' | 'topK' | 'minP' | 'repetitionPenalty';

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Whether the field may be empty: nothing is cut off then. */
  readonly optional: boolean;
}

/** What each field may hold, as the engines take it (`Sampled`). */
export const SAMPLING_RANGES: Readonly<Record<SamplingField, Range>> = {
  temperature: { min: 0.01, max: 2, step: 0.01, optional: false },
  topP: { min: 0.01, max: 1, step: 0.01, optional: false },
  topK: { min: 1, max: 1000, step: 1, optional: true },
  minP: { min: 0, max: 1, step: 0.01, optional: false },
  repetitionPenalty: { min: 0.1, max: 10, step: 0.01, optional: false },
};
export const SAMPLING_FIELDS = Object.keys(SAMPLING_RANGES) as readonly SamplingField[];

type Values = Readonly<Record<SamplingField, number | null>>;

/** For models whose makers recommend nothing: what most programs begin with. */
const USUAL: Values = { temperature: 0.7, topP: 0.95, topK: null, minP: 0, repetitionPenalty: 1 };

/** How tokens are chosen in the playground. A number input gives null for what it cannot read, and for nothing. */
export class SamplingChoice {
  mode = $state<SamplingMode>('recommended');
  #values = $state.raw<Values>(USUAL);
  /** A person has written values of their own: nothing is put over them unasked. */
  #written = false;
  /** Null: drawn for each turn, and noted with its replies. */
  seed = $state<number | null>(null);
  readonly #catalogue: CatalogueState;

  constructor(catalogue: CatalogueState) {
    this.#catalogue = catalogue;
  }

  get values(): Values {
    return this.#values;
  }

  /** The catalogue, and with it every recommendation, could not be fetched. */
  get unread(): boolean {
    return this.#catalogue.catalogue.kind === 'failed';
  }

  /** One's own values begin with those that are recommended for the first of the chosen models. */
  choose(mode: SamplingMode, cards: readonly ModelCard[], thinking: ThinkingMode | null): void {
    this.mode = mode;
    if (mode !== 'own' || this.#written) return;
    const first = cards.map((card) => this.recommended(card, thinking)).find((one) => one !== null);
    if (first !== undefined) this.fillFrom(first);
  }

  set(field: SamplingField, value: number | null): void {
    this.#written = true;
    this.#values = { ...this.#values, [field]: value };
  }

  /** What the makers of this model recommend; null where nothing is known. */
  recommended({ ref }: ModelCard, thinking: ThinkingMode | null = null): RecommendedSampling | null {
    const { catalogue } = this.#catalogue;
    const known = catalogue.kind === 'ready' ? catalogueModelOf(catalogue.value, ref) : null;
    return known === null ? null : recommendedSampling(known, thinking);
  }

  /** Puts a model's recommended values into the fields. */
  fillFrom({ temperature, topP, topK, minP }: RecommendedSampling): void {
    this.#values = { temperature, topP, topK, minP: minP ?? 0, repetitionPenalty: 1 };
  }

  isValid(field: SamplingField): boolean {
    const value = this.#values[field];
    const { min, max, step, optional } = SAMPLING_RANGES[field];
    if (value === null) return optional;
    return value >= min && value <= max && (step !== 1 || Number.isInteger(value));
  }

  get validSeed(): boolean {
    const { seed } = this;
    return seed === null || (Number.isInteger(seed) && seed >= 0 && seed < SEEDS);
  }

  get valid(): boolean {
    if (this.mode === 'greedy') return true;
    return this.validSeed && (this.mode === 'recommended' || SAMPLING_FIELDS.every((field) => this.isValid(field)));
  }

  /** For one model; call it only while `valid`. */
  for(card: ModelCard, seed: number, thinking: ThinkingMode | null = null): Sampling {
    if (this.mode === 'greedy') return { kind: 'greedy' };
    if (this.mode === 'recommended') {
      const recommended = this.recommended(card, thinking);
      return recommended === null ? { kind: 'greedy' } : sampledAs(recommended, seed);
    }
    const { temperature, topP, topK, minP, repetitionPenalty } = this.#values;
    const value = (of: number | null): number => of ?? 1;
    return {
      kind: 'sampled',
      temperature: value(temperature),
      topP: value(topP),
      topK,
      minP: minP ?? 0,
      repetitionPenalty: value(repetitionPenalty),
      seed,
    };
  }
}
