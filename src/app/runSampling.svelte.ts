import { GREEDY, MOST_REPEATS, repeatsFrom, SEEDS, type ModelCard, type Sampling, type ThinkingMode } from '#domain';
import type { App } from './app.svelte.ts';
import { catalogueState, type CatalogueState } from './catalogue.svelte.ts';
import { SamplingChoice } from './playground/samplingChoice.svelte.ts';
import type { Drawn, RunSetup } from './setup.svelte.ts';

const FEW_REPEATS = 4;

/** How the runs of the Run page draw tokens, and how often. Number fields give null for what they cannot read. */
export class RunSampling implements Drawn {
  readonly choice: SamplingChoice;
  repeats = $state<number | null>(FEW_REPEATS);
  readonly #catalogue: CatalogueState;
  readonly #setup: Pick<RunSetup, 'models' | 'thinking'>;

  constructor(catalogue: CatalogueState, setup: Pick<RunSetup, 'models' | 'thinking'>) {
    this.#catalogue = catalogue;
    this.#setup = setup;
    this.choice = new SamplingChoice(catalogue);
    this.choice.mode = 'own';
    // A run's seed is part of what it is: it is known before.
    this.choice.seed = 1;
  }

  get mode(): Drawn['mode'] {
    return this.choice.mode === 'recommended' ? 'recommended' : 'own';
  }

  choose(mode: Drawn['mode']): void {
    void this.#catalogue.open();
    this.choice.choose(mode, this.#setup.models, this.#thinking);
  }

  /** Whether the makers' values are known: while they are fetched, nothing may start. */
  get catalogue(): CatalogueState['catalogue'] {
    return this.#catalogue.catalogue;
  }

  get validRepeats(): boolean {
    const { repeats } = this;
    return repeats !== null && Number.isInteger(repeats) && repeats >= 1 && repeats <= MOST_REPEATS;
  }

  get validSeed(): boolean {
    const { seed } = this.choice;
    return seed !== null && Number.isInteger(seed) && seed >= 0 && seed < SEEDS;
  }

  get valid(): boolean {
    const known = this.mode === 'own' || this.catalogue.kind === 'ready';
    return known && this.validRepeats && this.validSeed && this.choice.valid;
  }

  /** Greedily, once, where the makers recommend nothing. */
  samplingsOf(card: ModelCard): readonly Sampling[] {
    const first = this.choice.for(card, this.choice.seed ?? 0, this.#thinking);
    return first.kind === 'greedy' ? [GREEDY] : repeatsFrom(first, this.repeats ?? 1);
  }

  /** What the models will be told; null: none of them can be told anything. */
  get #thinking(): ThinkingMode | null {
    return this.#setup.thinking.wish?.mode ?? null;
  }
}

export const runSampling = (app: App): RunSampling => new RunSampling(app.of(catalogueState), app.setup);
