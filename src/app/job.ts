import type {
  Device,
  Environment,
  Failure,
  LoadProgress,
  ModelCard,
  RunHeader,
  Sampling,
  Suite,
  ThinkingWish,
  VariantId,
} from '#domain';

/** What to run: one model on one suite. */
export interface JobRequest {
  readonly model: ModelCard;
  readonly suite: Suite;
  readonly device: Device;
  /** How a new run asks the items; absent: plainly. A resumed run goes on as it began. */
  readonly variant?: VariantId;
  /** For a model that can think; absent: it does, within the usual budget. A resumed run goes on as it began. */
  readonly thinking?: ThinkingWish;
  /** How a new run chooses tokens; absent: greedily. A resumed run goes on as it began. */
  readonly sampling?: Sampling;
  /** Of several runs that differ in nothing but the seed: which of how many this is, from 1. Absent: there is one. */
  readonly repeat?: { readonly n: number; readonly of: number };
  /** Tokens of context that the model gets, where that is less than its own; a resumed run keeps what it had. */
  readonly contextLength?: number;
  /** Ask only so many items, from the first; null: all. */
  readonly limit: number | null;
  /** Go on with this run instead of starting one. */
  readonly resume: RunHeader | null;
  /** Of a queue that was kept and goes on: which one, and the id of the run. Absent: begun by a click of today. */
  readonly kept?: { readonly queue: string; readonly runId: string } | undefined;
}

/** The item that is being answered now. */
export interface CurrentItem {
  readonly index: number;
  readonly itemId: string;
  readonly prompt: string;
  /** Output so far, at most one frame behind. */
  readonly text: string;
}

/** Waiting for a server that cannot be reached. */
export interface Away {
  readonly failure: Failure;
  /** When it is tried again, as `Date.now()` tells the time. */
  readonly nextTry: number;
}

/** What keeps a run from going on for a while. */
export type Trouble =
  /** The engine failed and a fresh worker is being made. */
  { readonly kind: 'retrying'; readonly failure: Failure } | ({ readonly kind: 'away' } & Away);

export type JobState =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'loading';
      readonly progress: LoadProgress | null;
      /** The model's server cannot be reached. */
      readonly away: Away | null;
    }
  /** A test found that it computes wrong, and nothing helped: a person says whether it runs all the same. */
  | { readonly kind: 'doubtful'; readonly environment: Environment }
  | {
      readonly kind: 'running';
      readonly header: RunHeader;
      readonly current: CurrentItem | null;
      /** Seconds that the rest may take, by the pace of this session so far; null before the first item is done. */
      readonly secondsLeft: number | null;
      readonly trouble: Trouble | null;
    }
  /** The run came to its end, was stopped, or failed: `header.state` says which. What is finished is stored. */
  | { readonly kind: 'ended'; readonly header: RunHeader }
  /** It never became a run: the model did not load, or the run could not be resumed. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

export interface Job {
  /** Also the id of the run that it begins. */
  readonly key: string;
  /** The server's address, or null: this page. Jobs of one lane come one after the other. */
  readonly lane: string | null;
  readonly request: JobRequest;
  readonly state: JobState;
}

export function isOver(state: JobState): boolean {
  return state.kind === 'ended' || state.kind === 'failed' || state.kind === 'cancelled';
}

/** How many items a job asks in all, before and while it runs. */
export function jobItems({ resume, suite, limit }: JobRequest): number {
  if (resume !== null) return resume.verdicts.length;
  return Math.min(limit ?? Infinity, suite.items.length);
}

/** The job's run, once there is one. While a resumed run waits or loads, what it had. */
export function jobHeader({ request, state }: Job): RunHeader | null {
  return state.kind === 'running' || state.kind === 'ended' ? state.header : request.resume;
}
