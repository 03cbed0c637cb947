import type { ReadPerToken } from './decodeShare.ts';
import type { Failure } from './failure.ts';
import type { ModelRef } from './model.ts';
import type { Message } from './prompt.ts';
import type { ThinkingControl, ThinkingMode } from './thinkingMode.ts';
import type { BuildTest, Cure } from './selfTest.ts';
import type { SamplingValue } from './sampling.ts';
import type { FinishReason } from './verdict.ts';

/** Where the arithmetic happens. `server`: not in this page. `scripted`: a fake of the tests. */
export type Device = 'webgpu' | 'wasm' | 'server' | 'scripted';

/** What is known of the machine that answered; part of every run. */
export interface Environment {
  readonly device: Device;
  readonly engine: { readonly id: string; readonly version: string };
  readonly browser: string;
  readonly os: string;
  /** Threads of the WASM backend; 1 where the page is not cross-origin isolated. */
  readonly threads: number | null;
  readonly adapter: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly f16: boolean;
    /** Smallest subgroup size that the adapter reports; null where it reports none. */
    readonly subgroupMinSize: number | null;
    /** Whether the device was created with the subgroup features. */
    readonly subgroups: boolean;
  } | null;
  readonly selfTest: SelfTest;
  /** How fast this device's memory is, and what a token reads of it; absent where it was not measured. */
  readonly memory?: {
    readonly bytesPerSecond: number;
    /** Null: not known of this model. */
    readonly readPerToken: ReadPerToken | null;
  };
  /** Whether the build that answered computes right here; absent in records from before builds were tested. */
  readonly buildTest?: BuildTest;
  /** What was changed by itself after a failed test; absent: nothing. */
  readonly cures?: readonly Cure[];
}

/** Whether this device computes right, found with the embedded model's known tokens and logits. */
export type SelfTest =
  /** Known logits were reproduced; `maxDifference` over `cases` prompts, short and long. */
  | { readonly kind: 'valid'; readonly cases: number; readonly maxDifference: number }
  | { readonly kind: 'invalid'; readonly cases: number; readonly maxDifference: number }
  /** Not run, and why. */
  | { readonly kind: 'unverified'; readonly reason: string };

export type LoadProgress =
  | { readonly phase: 'files'; readonly loadedBytes: number; readonly totalBytes: number; readonly file: string }
  /** The runtime is fetched and compiled. */
  | { readonly phase: 'runtime' }
  | { readonly phase: 'session' }
  | { readonly phase: 'self-test' }
  | { readonly phase: 'warm-up' };

export interface LoadRequest {
  readonly model: ModelRef;
  readonly device: Device;
  /** The self-test of an earlier load on this device and browser: it is taken over instead of run again. */
  readonly knownSelfTest?: KnownSelfTest;
  /** The outcome of this build's own test in an earlier load on this device: taken over instead of made again. */
  readonly knownBuildTest?: BuildTest;
  /** Tokens of context that it gets, where that is less than the model's own: it then needs less memory. */
  readonly contextLength?: number;
  readonly onProgress: (p: LoadProgress) => void;
}

export interface KnownSelfTest {
  readonly result: SelfTest;
  /** Whether the GPU device was created with the subgroup features when the test ran. False on WASM. */
  readonly subgroups: boolean;
  /** Bytes per second that its memory was found to copy. */
  readonly memorySpeed?: number;
}

export interface GenerateRequest {
  /** The conversation, for engines that render it themselves. */
  readonly messages: readonly Message[];
  /** The rendered prompt: sent as it is, without special tokens added. Absent only for servers that render. */
  readonly prompt?: string;
  /** Most new tokens, thinking included. */
  readonly maxTokens: number;
  readonly sampling: Sampling;
  /** For servers that are told in a field of the request; a prompt that we render says it itself. */
  readonly thinking?: ThinkingMode;
}

/** Greedy is the only sampling for scores that must repeat: the best token each time, no penalties. */
export type Sampling = { readonly kind: 'greedy' } | Sampled;

/**
 * A token is drawn: penalty, temperature, then the `topK` best, then the smallest set of them whose probability (among
 * them) reaches `topP`, then those with at least `minP` times the best one's. That is the order of transformers (Python:
 * `GenerationMixin._get_logits_processor`). llama.cpp applies the temperature last, so its `topP` and `minP` cut
 * elsewhere. Equal seeds repeat on the same engine and device, and only there.
 */
export interface Sampled {
  readonly kind: 'sampled';
  /** Above 0, at most 2. */
  readonly temperature: number;
  /** Above 0; 1 leaves all. */
  readonly topP: number;
  /** Null leaves all. */
  readonly topK: number | null;
  /** 0 leaves all. */
  readonly minP: number;
  /** 1 is none; as in CTRL (Keskar et al. 2019): logits of tokens already there are divided by it, or multiplied below 0. */
  readonly repetitionPenalty: number;
  /** Whole, from 0 to 2³² − 1. */
  readonly seed: number;
}

export interface Usage {
  readonly promptTokens: number;
  readonly outputTokens: number;
}

/** Milliseconds, by the clock of the thread that generates. */
export interface Timing {
  /** From the request until the first token is there: the prompt read, and one token chosen. */
  readonly firstTokenMs: number;
  /** From the first token until the last. */
  readonly decodeMs: number;
  /**
   * So many of the prompt's tokens had been read for the prompt before, which began alike: `firstTokenMs` is without the
   * time for them. Absent: none.
   */
  readonly reusedTokens?: number;
}

/**
 * A stream ends with exactly one of `done`, `failed`, `cancelled`; nothing follows it. It begins with `prompt`, unless a
 * server keeps its tokens to itself.
 */
export type GenerateEvent =
  | { readonly type: 'prompt'; readonly tokens: number; readonly tokenIdsHash: string }
  /**
   * `tokens`: how many the text came of, where it was not one. `ids`: which, from engines that know them: of all events
   * together they are the output's tokens without the end token. The last event may bring some that have no text.
   */
  | { readonly type: 'token'; readonly text: string; readonly tokens?: number; readonly ids?: readonly number[] }
  | {
      readonly type: 'done';
      /** The whole output. Equal to the joined `token` texts. */
      readonly output: string;
      readonly finish: FinishReason;
      /** Null where a server does not tell. */
      readonly usage: Usage | null;
      readonly timing: Timing;
      /** The model that a server says has answered: some answer with another one than was asked for. */
      readonly answeredBy?: string;
    }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'cancelled' };

/** A model in memory. One fresh worker for each; `dispose` gives the memory back and is safe to call twice. */
export interface LoadedModel {
  readonly environment: Environment;
  /** Tokens; 0 where a server does not tell. */
  readonly contextLength: number;
  /** Who turns the conversation into the prompt; absent: `tabeval`. */
  readonly renderedBy?: 'server';
  /** Who can be told whether the model is to think; absent: it cannot think, or nothing says that it can. */
  readonly thinking?: ThinkingControl;
  /** Values of a sampling that a server has no field for; absent: it takes all. */
  readonly unknownSampling?: readonly SamplingValue[];
  /** SHA-256 of the chat template's source; null where the server renders. */
  readonly templateHash: string | null;
  /**
   * The conversation in the model's own chat template, with the generation prompt; where the server renders, its texts.
   * `thinking`: whether the model is to think, for templates that have a variable for it; absent: as the template does
   * by itself. Throws a FailureError: `template-invalid`, `worker-died`.
   */
  render(messages: readonly Message[], thinking?: ThinkingMode): Promise<string>;
  /** Aborting the signal ends the stream with `cancelled` at once, whatever the engine is doing. */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<GenerateEvent>;
  dispose(): Promise<void>;
  /**
   * Why a model on a server cannot be asked now; null: it can. Absent: the model lies in this page. Rejects with the
   * signal's reason only.
   */
  absence?(signal: AbortSignal): Promise<Failure | null>;
}

/** The port. Adapters: engines/transformers, engines/server, engines/scripted. Contract: tests/contracts/engine.ts. */
export interface Engine {
  readonly id: string;
  /** The `Build.engine` of the models that it loads; absent: its own id. */
  readonly builds?: readonly string[];
  /**
   * Throws a FailureError with a code that names the cause. An aborted signal rejects with the signal's reason and
   * leaves nothing running.
   */
  load(request: LoadRequest, signal: AbortSignal): Promise<LoadedModel>;
}
