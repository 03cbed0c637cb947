/** Whether a model is to think before it answers, who can be told so, and how much thinking there may be. */

export const THINKING_MODES = ['on', 'off'] as const;
export type ThinkingMode = (typeof THINKING_MODES)[number];

/** What is known of a model before it is loaded; absent where nothing is. */
export const THINKING_ABILITIES = ['always', 'switchable', 'never'] as const;
export type ThinkingAbility = (typeof THINKING_ABILITIES)[number];

/**
 * Who hears whether a loaded model is to think.
 *   template  its chat template has a variable for it
 *   always    nobody: it thinks whatever it is told
 *   server    the server, in a field of the request
 *   unheard   nobody: the server has no such field, and decides by itself
 */
export const THINKING_CONTROLS = ['template', 'always', 'server', 'unheard'] as const;
export type ThinkingControl = (typeof THINKING_CONTROLS)[number];

/** What a person wants. */
export interface ThinkingWish {
  readonly mode: ThinkingMode;
  /** Most tokens of thinking before one answer, which has its own; also for a model that cannot be told not to think. */
  readonly budget: number;
}

/** What a run does about it; part of its identity. A run of a model that cannot think has none. */
export type RunThinking =
  | { readonly mode: 'on'; readonly budget: number; readonly control: ThinkingControl }
  | { readonly mode: 'off'; readonly control: Exclude<ThinkingControl, 'always'> };

/** Tokens; enough for most questions of the built-in suites. */
const USUAL_BUDGET = 2048;
export const MOST_THINKING = 65_536;

/** What thinking gets where nobody said: at most half of the context, which prompt and answer need as well. 0: unknown. */
export function usualThinkingBudget(contextLength: number): number {
  return contextLength === 0 ? USUAL_BUDGET : Math.max(1, Math.min(USUAL_BUDGET, Math.floor(contextLength / 2)));
}

/** A model that always thinks thinks, whatever is wished. */
export function runThinking(control: ThinkingControl, wish: ThinkingWish): RunThinking {
  if (wish.mode === 'off' && control !== 'always') return { mode: 'off', control };
  return { mode: 'on', budget: wish.budget, control };
}

/** A variable of a chat template with which thinking is switched: Qwen3, SmolLM3, GLM and most others; Granite, DeepSeek V3.1. */
const VARIABLES = [
  { name: 'enable_thinking', mentioned: /\benable_thinking\b/ },
  { name: 'thinking', mentioned: /\bthinking is (?:not )?defined|\b(?:if|and|or|not)\s+thinking\b/ },
] as const;

/**
 * What a chat template's source says of thinking; null where it says nothing. A template that opens a block of thinking,
 * or takes it out of earlier turns, and has no variable for it belongs to a model that always thinks (DeepSeek R1 and
 * its distillations, Qwen3-Thinking); so does one with channels (gpt-oss).
 */
export function thinkingInTemplate(source: string): Extract<ThinkingControl, 'template' | 'always'> | null {
  if (VARIABLES.some(({ mentioned }) => mentioned.test(source))) return 'template';
  return /<\/?think>|\[THINK\]|◁\/?think▷|<\|channel\|>analysis/.test(source) ? 'always' : null;
}

/** The variables that a template is given; none where it knows none. */
export function thinkingVariables(source: string, mode: ThinkingMode): Readonly<Record<string, boolean>> {
  const known = VARIABLES.filter(({ mentioned }) => mentioned.test(source));
  return Object.fromEntries(known.map(({ name }) => [name, mode === 'on']));
}
