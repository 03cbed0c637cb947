import { SEEDS, type Device, type ModelCard, type Sampling, type ThinkingMode } from '#domain';
import type { CatalogueState } from '../catalogue.svelte.ts';
import type { DeviceChoice, DeviceState } from '../device.svelte.ts';
import type { Models } from '../models.svelte.ts';
import { modelKey } from '../setup.svelte.ts';
import { SamplingChoice } from './samplingChoice.svelte.ts';

/** The most that a person may ask of a small model in one reply. */
export const MOST_TOKENS = 8192;
const DEFAULT_TOKENS = 512;

/** llama.cpp reads the highest seed as "any". */
const DRAWN_BELOW = SEEDS / 2;

export interface TurnPorts {
  readonly models: Models;
  readonly device: DeviceState;
  readonly catalogue: CatalogueState;
  /** At least 0, below 1. */
  readonly random: () => number;
}

/** How one model is asked in one turn. */
export interface AskedHow {
  readonly device: Device;
  readonly sampling: Sampling;
  readonly maxTokens: number;
  readonly thinking: ThinkingMode | null;
}

/** Who is asked the next question, and how. May be changed between the turns of one conversation. */
export class TurnSettings {
  device = $state<DeviceChoice>('auto');
  maxTokens = $state(DEFAULT_TOKENS);
  /** Null: each model as it does by itself. */
  thinking = $state<ThinkingMode | null>(null);
  readonly sampling: SamplingChoice;
  #chosen = $state.raw<readonly string[] | null>(null);
  readonly #ports: TurnPorts;

  constructor(ports: TurnPorts) {
    this.#ports = ports;
    this.sampling = new SamplingChoice(ports.catalogue);
  }

  /** In the order of the list; the first model (the embedded one) until something is chosen. */
  get models(): readonly ModelCard[] {
    const { cards } = this.#ports.models;
    if (cards.kind !== 'ready') return [];
    const chosen = this.#chosen;
    return chosen === null ? cards.value.slice(0, 1) : cards.value.filter(({ ref }) => chosen.includes(modelKey(ref)));
  }

  toggleModel(card: ModelCard, on: boolean): void {
    const key = modelKey(card.ref);
    const others = this.models.map(({ ref }) => modelKey(ref)).filter((other) => other !== key);
    this.#chosen = on ? [...others, key] : others;
  }

  /** A number input gives null for what it cannot read. */
  get validTokens(): boolean {
    return Number.isInteger(this.maxTokens) && this.maxTokens >= 1 && this.maxTokens <= MOST_TOKENS;
  }

  get valid(): boolean {
    return this.models.length > 0 && this.validTokens && this.sampling.valid;
  }

  /** As set at the call, with one seed for all models of a turn. Call it only while `valid`, and once for each turn. */
  forTurn(): (card: ModelCard) => AskedHow {
    const { maxTokens, sampling, device, thinking } = this;
    const seed = sampling.seed ?? Math.floor(this.#ports.random() * DRAWN_BELOW);
    return (card) => ({
      device: card.ref.source === 'server' ? 'server' : this.#ports.device.resolve(device, card.ref.build),
      sampling: sampling.for(card, seed, thinking),
      maxTokens,
      thinking,
    });
  }
}
