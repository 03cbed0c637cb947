/** What a scripted engine does, said beforehand. */
import type { Environment, Failure, FinishReason, Message, Sampling, ThinkingControl } from '#domain';

export interface Scenario {
  /**
   * Asked for every generation. Throwing is the loud way to say that a question was not foreseen: the stream fails with
   * the thrown words.
   */
  readonly answer: (question: Question) => ScriptedAnswer;
  /** What the n-th load (from 0) does; default: it succeeds at once. */
  readonly load?: (count: number) => ScriptedLoad;
  /** Tokens; one character of the prompt counts as one. Default 100,000. */
  readonly contextLength?: number;
  readonly environment?: Partial<Environment>;
  /**
   * What the model's chat template says of thinking. Told to think, the prompt opens the block where `opens` says so;
   * told not to, it closes an empty one.
   */
  readonly thinking?: { readonly control: ThinkingControl; readonly opens?: boolean };
}

export interface Question {
  readonly messages: readonly Message[];
  readonly prompt: string;
  /** With the item's own seed, where tokens are drawn. */
  readonly sampling: Sampling;
  /** How many generations came before this one, over all models of the engine. */
  readonly count: number;
  /** How many loads came before that of this model. */
  readonly loadCount: number;
}

export interface ScriptedAnswer {
  /** One text for each token. Those beyond the budget are not said, and the answer finishes by `length`. */
  readonly tokens: readonly string[];
  /** Before each token, in milliseconds. Default 0. */
  readonly delayMs?: number;
  /** What follows the last token. Default `stop`. */
  readonly end?: ScriptedEnd;
}

export type ScriptedEnd =
  | FinishReason
  /** The item fails, and the model goes on: a GPU error, a lost device. */
  | { readonly fail: Failure }
  /** The worker dies: this stream and whatever is asked of the model afterwards fails with `worker-died`. */
  | 'die'
  /** Nothing comes any more; only a cancel ends the stream. */
  | 'hang';

export interface ScriptedLoad {
  readonly delayMs?: number;
  readonly fail?: Failure;
}

/** An answer in tokens of one character, the worst case for whoever joins them. */
export function says(text: string, more: Omit<ScriptedAnswer, 'tokens'> = {}): ScriptedAnswer {
  return { tokens: [...text], ...more };
}

/** A block of thinking in tags before the answer, in tokens of one character; `opened`: the prompt has the first tag. */
export function thinks(
  { thinking, answer, opened = false }: { thinking: string; answer: string; opened?: boolean },
  more: Omit<ScriptedAnswer, 'tokens'> = {},
): ScriptedAnswer {
  const begin = opened ? [] : ['<think>'];
  return { tokens: [...begin, ...thinking, '</think>', ...answer], ...more };
}

/**
 * Answers by item: the first key that the prompt contains decides. A prompt with none of them fails, and names itself.
 */
export function byQuestion(answers: Readonly<Record<string, string | ScriptedAnswer>>): Scenario['answer'] {
  return ({ prompt }) => {
    const found = Object.entries(answers).find(([part]) => prompt.includes(part));
    if (found === undefined) throw new Error(`the scenario has no answer for: ${prompt}`);
    const [, answer] = found;
    return typeof answer === 'string' ? says(answer) : answer;
  };
}
