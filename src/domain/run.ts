import type { Environment, Sampling, Timing, Usage } from './engine.ts';
import type { Failure } from './failure.ts';
import type { ModelRef } from './model.ts';
import type { SamplingValue } from './sampling.ts';
import type { SuiteRef, VariantId } from './suite.ts';
import type { ItemThinking } from './thinking/meter.ts';
import type { RunThinking } from './thinkingMode.ts';
import type { FinishReason, Verdict, VerdictLetter } from './verdict.ts';

/** Everything that decides the outputs: two runs with equal specs and environments give equal outputs. */
export interface RunSpec {
  readonly suite: SuiteRef;
  /** Ids of the items that are asked, in the order of the suite. */
  readonly itemIds: readonly string[];
  /** How the items were asked. Runs from before there were variants read as `plain`. */
  readonly promptVariant: VariantId;
  readonly model: ModelRef;
  readonly sampling: Sampling;
  /** Values of `sampling` that the server has no field for: it took its own. Absent: none. */
  readonly samplingNotTaken?: readonly SamplingValue[];
  /** Most new tokens of one answer; thinking has a budget of its own, where `thinking` says so. */
  readonly maxTokens: number;
  /** Absent: the model cannot think, or the run is from before this was asked. */
  readonly thinking?: RunThinking;
  /** Tokens of context that the model has; 0 where a server does not tell. */
  readonly contextLength: number;
  /** `tabeval`: rendered by us with the model's own template. */
  readonly renderedBy: 'tabeval' | 'server';
  readonly templateHash: string | null;
}

export interface Counts {
  readonly correct: number;
  readonly incorrect: number;
  readonly noAnswer: number;
  readonly truncated: number;
  readonly unscored: number;
  /** Not asked yet. */
  readonly pending: number;
}

/** `running` in storage with no page that runs it is an interrupted run: it can be resumed like a stopped one. */
export type RunState =
  | { readonly kind: 'running' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What lists, the matrix and links read: all of a run but the texts. */
export interface RunHeader {
  readonly schema: 1;
  readonly id: string;
  readonly spec: RunSpec;
  readonly environment: Environment;
  readonly state: RunState;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly updatedAt: string;
  /** Seconds spent on items (not on loading, not between two sessions of a resumed run). */
  readonly seconds: number;
  /** Tokens after each answer's first, over all items, and the milliseconds in which they were decoded. */
  readonly decodedTokens: number;
  readonly decodeMs: number;
  /** Absent: no output of the run has thinking in it. */
  readonly thinking?: ThinkingTotals;
  /** One letter for each of `spec.itemIds`, '.' where it is not asked yet. */
  readonly verdicts: string;
  /** Read from a file that someone made: nothing of it was measured here. Absent: run in this browser. */
  readonly origin?: 'imported';
}

/** Of a run's outputs that have thinking in them. */
export interface ThinkingTotals {
  readonly items: number;
  readonly tokens: number;
  /** Outputs that end inside their thinking, and outputs that end inside their answer, because a budget was spent. */
  readonly cutThinking: number;
  readonly cutAnswering: number;
}

/** One answered item. */
export interface ItemRecord {
  readonly schema: 1;
  readonly runId: string;
  /** Position in `spec.itemIds`. */
  readonly index: number;
  readonly itemId: string;
  /** As sent; where `spec.renderedBy` is `server`, the conversation's texts, which the server rendered unseen. */
  readonly prompt: string;
  readonly promptHash: string;
  /** Hash over the token ids, comma-separated; null where the engine does not tell. */
  readonly tokenIdsHash: string | null;
  readonly output: string;
  /**
   * The output's tokens without the end token, as `encodeIds` writes them. Absent: the engine did not tell them, or the
   * record is from before they were kept.
   */
  readonly outputIds?: string;
  /** Null where the engine failed. */
  readonly finish: FinishReason | null;
  readonly usage: Usage | null;
  readonly timing: Timing | null;
  /** Absent: the output has no thinking in it. */
  readonly thinking?: ItemThinking;
  /** The model that a server says has answered; absent where it does not say. */
  readonly answeredBy?: string;
  /** The tab was hidden while the answer was made: its timing is not to be compared. */
  readonly hidden: boolean;
  readonly verdict: Verdict;
  readonly grader: { readonly id: string; readonly version: string };
  /** The verdicts that were replaced when the stored output was graded again, oldest first. Absent: none was. */
  readonly before?: readonly PastVerdict[];
  readonly startedAt: string;
  readonly endedAt: string;
}

/** A verdict that another one has replaced. */
export interface PastVerdict {
  readonly verdict: Verdict;
  readonly grader: { readonly id: string; readonly version: string };
  /** When it was replaced; ISO 8601, UTC. */
  readonly until: string;
}

export function countVerdicts(verdicts: string): Counts {
  const of = (letter: VerdictLetter): number => verdicts.split(letter).length - 1;
  return {
    correct: of('c'),
    incorrect: of('i'),
    noAnswer: of('n'),
    truncated: of('t'),
    unscored: of('u'),
    pending: of('.'),
  };
}

/** `verdicts` with the letter at `index` replaced. */
export function withVerdict(verdicts: string, index: number, letter: VerdictLetter): string {
  return verdicts.slice(0, index) + letter + verdicts.slice(index + 1);
}
