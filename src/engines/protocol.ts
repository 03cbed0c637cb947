/**
 * What the page and an engine's worker say to each other. Each kind carries its own payload; failures are codes.
 * Both ends are built together, so a message is typed and not decoded again.
 */
import type {
  BuildTest,
  Device,
  Environment,
  Failure,
  FileSource,
  GenerateEvent,
  KnownSelfTest,
  LoadProgress,
  Message,
  ModelRef,
  Sampling,
  ThinkingControl,
  ThinkingMode,
} from '#domain';
import type { TextScores } from './selfTest/score.ts';

/**
 * `auto`: the subgroup features of the GPU are left out where subgroups may be 4 wide or narrower: there ONNX Runtime's
 * attention is wrong for every prompt of 32 tokens or more, and nothing is reported (SwiftShader: logits off by up to
 * 4.6). `off`: always left out, after a self-test has failed with them. For tests: `on`, left as the runtime wants them;
 * `until-wrong`, the same until a self-test has failed.
 */
export type SubgroupRule = 'auto' | 'off' | 'on' | 'until-wrong';

export interface LoadOrder {
  readonly kind: 'load';
  readonly model: ModelRef;
  readonly device: Device;
  readonly files: FileSource;
  /** The embedded model, whose tokens and logits are known; null: no self-test can be run. */
  readonly embedded: FileSource | null;
  readonly knownSelfTest: KnownSelfTest | null;
  /** Null: the build is tested. */
  readonly knownBuildTest: BuildTest | null;
  /** As in `LoadRequest`; null: nothing was asked for. */
  readonly contextLength: number | null;
  readonly subgroups: SubgroupRule;
  /** False: every prompt is read whole. Absent: what it shares with the one before is not read again. */
  readonly reusePrefix?: boolean;
  /** Name of the lock that the worker holds while it lives; see lifeline.ts. */
  readonly lock: string;
}

export type ToWorker =
  | LoadOrder
  | {
      readonly kind: 'render';
      readonly id: number;
      readonly messages: readonly Message[];
      readonly thinking?: ThinkingMode;
    }
  | {
      readonly kind: 'generate';
      readonly id: number;
      readonly prompt: string;
      readonly maxTokens: number;
      readonly sampling: Sampling;
      /** Every token is told by itself, as it comes; else those of one frame together. */
      readonly eachToken?: boolean;
    }
  /** Stop the generation with this id between two tokens. Nothing is answered: the page has ended its stream already. */
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'ping' }
  /** Give the memory of the GPU back; answered with `disposed`, then the page terminates the worker. */
  | { readonly kind: 'dispose' };

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: LoadProgress }
  | {
      readonly kind: 'loaded';
      readonly environment: Environment;
      readonly contextLength: number;
      readonly templateHash: string | null;
      readonly thinking?: ThinkingControl;
      /** What the build's test read, where there was nothing to compare it with. */
      readonly scores?: readonly TextScores[];
    }
  | { readonly kind: 'load-failed'; readonly failure: Failure }
  /**
   * A self-test has failed with the subgroup features. A runtime keeps its GPU device for life, so the page loads
   * again in a fresh worker, without them.
   */
  | { readonly kind: 'retry-without-subgroups' }
  /** Rendering begins now: a template that loops for ever is found out by what does not follow. */
  | { readonly kind: 'rendering'; readonly id: number }
  | { readonly kind: 'rendered'; readonly id: number; readonly prompt: string }
  | { readonly kind: 'render-failed'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'event'; readonly id: number; readonly event: WorkerEvent }
  | { readonly kind: 'pong' }
  | { readonly kind: 'disposed' };

/** A worker never says `cancelled`: the page decides that, at once, without waiting for the worker. */
export type WorkerEvent = Exclude<GenerateEvent, { readonly type: 'cancelled' }>;
