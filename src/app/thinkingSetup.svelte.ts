import {
  DEFAULT_THINKING_BUDGET,
  MOST_THINKING,
  type ModelCard,
  type ThinkingAbility,
  type ThinkingMode,
  type ThinkingWish,
} from '#domain';
import { thinkingAbility } from './thinkingAbility.ts';

/** A chosen model that thinks, or can. */
export interface Thinker {
  readonly card: ModelCard;
  readonly ability: Exclude<ThinkingAbility, 'never'>;
}

/** What the Run page is set to about thinking. */
export class ThinkingSetup {
  wanted = $state<ThinkingMode>('on');
  /** Null: the field holds no number. */
  budget = $state<number | null>(DEFAULT_THINKING_BUDGET);
  readonly #models: () => readonly ModelCard[];
  readonly #answerTokens: () => number;

  /** `answerTokens`: the most that an answer of the chosen suites may have. */
  constructor(models: () => readonly ModelCard[], answerTokens: () => number) {
    this.#models = models;
    this.#answerTokens = answerTokens;
  }

  /** Of the chosen models. None: there is nothing to be set. */
  get thinkers(): readonly Thinker[] {
    return this.#models().flatMap((card) => {
      const ability = thinkingAbility(card);
      return ability === null || ability === 'never' ? [] : [{ card, ability }];
    });
  }

  get switchable(): boolean {
    return this.thinkers.some(({ ability }) => ability === 'switchable');
  }

  /** What was chosen, or `on` while no chosen model could be told otherwise. */
  get mode(): ThinkingMode {
    return this.switchable ? this.wanted : 'on';
  }

  /** Whether some model thinks as things are set. */
  get budgeted(): boolean {
    return this.mode === 'on' || this.thinkers.some(({ ability }) => ability === 'always');
  }

  /** The largest budget, and the context that leaves no more room; null: it is not the context that limits it. */
  get most(): { readonly tokens: number; readonly context: number | null } {
    const context = Math.min(...this.thinkers.map(({ card }) => card.contextLength || Infinity));
    const room = context - this.#answerTokens() - 1;
    return room < MOST_THINKING ? { tokens: Math.max(1, room), context } : { tokens: MOST_THINKING, context: null };
  }

  get valid(): boolean {
    const { budget } = this;
    const whole = budget !== null && Number.isInteger(budget) && budget >= 1 && budget <= this.most.tokens;
    return this.thinkers.length === 0 || !this.budgeted || whole;
  }

  /** For the launcher; undefined: no chosen model can think. */
  get wish(): ThinkingWish | undefined {
    const { mode, budget, thinkers } = this;
    return thinkers.length === 0 ? undefined : { mode, budget: budget ?? DEFAULT_THINKING_BUDGET };
  }
}
