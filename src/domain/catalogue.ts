import type { LocalText } from './suite.ts';

/** What the catalogue knows of a model before anything of it is on this device. `null`: not confirmed, never "none". */

export const MODEL_KINDS = ['language', 'reasoning', 'code', 'mathematics'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/**
 * How well Chinese is supported, as the model's makers state it: never as we measured it.
 *   native      one of the languages that the model was made for
 *   supported   listed among the supported languages, not in the first place
 *   unverified  not stated for this model
 *   none        the supported languages are listed, and Chinese is not one of them
 */
export const CHINESE_LEVELS = ['native', 'supported', 'unverified', 'none'] as const;
export type ChineseLevel = (typeof CHINESE_LEVELS)[number];

export const CATALOGUE_ENGINES = ['web-llm', 'transformers'] as const;
export type CatalogueEngine = (typeof CATALOGUE_ENGINES)[number];

/** Ids of `Catalogue.sources`. */
type Sources = readonly string[];

export interface Fact<T> {
  readonly value: T;
  readonly sources: Sources;
  readonly note?: LocalText;
}

export interface Source {
  readonly title: string;
  readonly url: string;
}

/** What an engine demands of a GPU for any model. */
export interface GpuLimits {
  readonly maxBufferBytes: number;
  /** Largest piece of a buffer that a kernel may bind. */
  readonly maxBindingBytes: number;
  readonly workgroupStorageBytes: number;
  readonly storageBuffersPerStage: number;
}

/** The shape of the network, as far as memory depends on it. */
export interface Architecture {
  readonly layers: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly hidden: number | null;
  /** Width of the feed-forward layer. */
  readonly intermediate: number;
  readonly vocabulary: number;
  /** Whether web-llm's library keeps logits for a whole chunk of the prompt. Fitted to its figures, not read anywhere. */
  readonly prefillLogits: boolean;
  readonly sources: Sources;
  readonly note?: LocalText;
}

interface BuildFacts {
  /** What the engine or the hub calls it; unique in the catalogue. */
  readonly id: string;
  readonly quantisation: string;
  /** Where its files are on the hub: "owner/name". */
  readonly repository: string;
  /** Commit of the repository; null: not pinned. */
  readonly revision: string | null;
  /** Weights only, in bytes, as exact as the hub prints them (three digits). */
  readonly downloadBytes: number | null;
  /** What the engine's own list says it needs, in MiB. */
  readonly memoryMiB: number | null;
  /** Tokens that the engine gives it; null: the model's own context. */
  readonly context: number | null;
  /** SHA-256 of files by their path in the repository: what a download must be, whoever it comes from. */
  readonly sha256?: Readonly<Record<string, string>>;
  readonly sources: Sources;
  readonly note?: LocalText;
}

export type CatalogueBuild = BuildFacts &
  (
    | {
        readonly engine: 'web-llm';
        /** File name of the compiled library. */
        readonly library: string;
        /** Why the listed memory cannot be right. */
        readonly memoryDoubt?: LocalText;
      }
    | {
        readonly engine: 'transformers';
        /** Where the graph does not have the usual name "model". */
        readonly modelFile: string | null;
      }
  );

/** A repository that exists, of whose files nothing is known. */
export interface UnlistedRepository {
  readonly engine: CatalogueEngine;
  readonly repository: string;
  readonly sources: Sources;
  readonly note?: LocalText;
}

export type Thinking = { readonly sources: Sources; readonly note?: LocalText } & (
  | { readonly kind: 'never' }
  | { readonly kind: 'always' }
  | { readonly kind: 'switchable'; readonly byDefault: 'on' | 'off' | null }
);

/** What the makers recommend for one way of use. */
export interface RecommendedSampling {
  readonly mode: 'thinking' | 'plain';
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number | null;
  readonly minP: number | null;
  readonly sources: Sources;
}

export interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly kind: ModelKind;
  /** The makers' repository on the hub, with the unquantised weights and the model card. */
  readonly repository: string;
  readonly parameters: Fact<number>;
  readonly licence: Fact<string>;
  readonly chinese: Fact<ChineseLevel>;
  /** Tokens that prompt and answer may have together. */
  readonly context: Fact<number | null>;
  /** "2024-09-19" or "2025-02". */
  readonly released: Fact<string | null>;
  readonly thinking: Thinking;
  readonly sampling: readonly RecommendedSampling[];
  readonly architecture: Architecture | null;
  readonly notes: readonly LocalText[];
  readonly builds: readonly CatalogueBuild[];
  readonly unlisted: readonly UnlistedRepository[];
}

export interface EngineFacts {
  /** The version that the builds were listed for. */
  readonly version: string;
  /** Null: not confirmed. */
  readonly limits: GpuLimits | null;
  readonly sources: Sources;
}

export interface Catalogue {
  readonly version: string;
  readonly engines: Readonly<Record<CatalogueEngine, EngineFacts>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly models: readonly CatalogueModel[];
}
