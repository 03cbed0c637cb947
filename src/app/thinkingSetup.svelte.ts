import {
  MOST_THINKING,
  usualThinkingBudget,
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
  /** Undefined: nobody has said a number yet. */
  #budget = $state<number | null | undefined>(undefined);
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

  /** Most tokens of thinking before one answer; null: the field holds no number. */
  get budget(): number | null {
    return this.#budget === undefined ? usualThinkingBudget(this.#context) : this.#budget;
  }

  set budget(tokens: number | null) {
    this.#budget = tokens;
  }

  /** Of the chosen model that has the smallest; 0: none of them tells. */
  get #context(): number {
    const known = this.thinkers.map(({ card }) => card.contextLength).filter((length) => length > 0);
    return known.length === 0 ? 0 : Math.min(...known);
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
    const context = this.#context;
    const room = context - this.#answerTokens() - 1;
    if (context === 0 || room >= MOST_THINKING) return { tokens: MOST_THINKING, context: null };
    return { tokens: Math.max(1, room), context };
  }

  get valid(): boolean {
    const { budget } = this;
    const whole = budget !== null && Number.isInteger(budget) && budget >= 1 && budget <= this.most.tokens;
    return this.thinkers.length === 0 || !this.budgeted || whole;
  }

  /** For the launcher; undefined: no chosen model can think. */
  get wish(): ThinkingWish | undefined {
    const { mode, budget, thinkers } = this;
    return thinkers.length === 0 || budget === null ? undefined : { mode, budget };
  }
}
