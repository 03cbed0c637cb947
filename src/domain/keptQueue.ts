import type { DecodeProblem } from './decodeRun.ts';
import type { Device, Sampling } from './engine.ts';
import type { ModelRef } from './model.ts';
import type { Suite, SuiteRef, VariantId } from './suite.ts';
import type { ThinkingWish } from './thinkingMode.ts';

/** A job of a queue, as it is kept until it is over: all that is needed to ask for it again in another tab. */
export interface KeptJob {
  /**
   * Of the run that it goes on with or is to become, given before anything is loaded: where no such run is stored, the
   * job had not begun. So nothing needs to be written down at the moment when it begins.
   */
  readonly runId: string;
  readonly model: ModelRef;
  readonly suite: SuiteRef;
  readonly device: Device;
  /** Where the model's server listens: never with a key or password. Null: the model runs in the page. */
  readonly server: string | null;
  /** The rest is as in a job's request. */
  readonly variant?: VariantId;
  readonly sampling?: Sampling;
  readonly thinking?: ThinkingWish;
  readonly repeat?: { readonly n: number; readonly of: number };
  readonly contextLength?: number;
  readonly limit: number | null;
}

/** The jobs of a queue that are not over, in their order; at least one. */
export interface KeptQueue {
  readonly schema: 1;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly jobs: readonly KeptJob[];
}

/** A stored queue that cannot be read. It stays as it is until a person discards it. */
export interface DamagedQueue {
  readonly id: string;
  readonly problem: DecodeProblem;
}

/**
 * The port to queues that outlive their tab. Adapters: storage/queueStore. Contract: tests/contracts/queueStore.ts. Every
 * method rejects with a FailureError: `storage-full`, `storage-unavailable`, `invalid-input` (what is to be written is no
 * queue, or a stored suite is none).
 */
export interface QueueStore {
  /** Writes the suites that the queue asks, as they are now: each may be changed or removed before it goes on. */
  begin(queue: KeptQueue, suites: readonly Suite[]): Promise<void>;
  /** Replaces the jobs of a queue that is there; its suites stay. */
  update(queue: KeptQueue): Promise<void>;
  /** Last started first. Reads no suite. */
  list(): Promise<{ readonly queues: readonly KeptQueue[]; readonly damaged: readonly DamagedQueue[] }>;
  /** Null where the queue has no suite with this hash. */
  suite(queueId: string, hash: string): Promise<Suite | null>;
  /** With its suites. Nothing happens where there is none. */
  remove(queueId: string): Promise<void>;
}
