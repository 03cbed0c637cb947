/** A model as a run, a record or a link names it: exactly which weights, in which form, under which engine. */
import type { Trust } from './download/plan.ts';
import type { ThinkingAbility } from './thinkingMode.ts';

/** Where the files came from. */
export type ModelSource = 'embedded' | 'folder' | 'hub' | 'server' | 'scripted';

export interface ModelFile {
  /** Path inside the model's folder: "onnx/model_q4.onnx". */
  readonly path: string;
  /** Length in bytes. */
  readonly bytes: number;
  /** SHA-256 of the content, in hex. */
  readonly sha256: string;
}

/** One engine and quantisation of a model. Two builds of one model are different test subjects. */
export interface Build {
  readonly engine: string;
  /** "fp32", "q4", "q4f16", …: the engine's own word. */
  readonly quantisation: string;
}

/** web-llm has no other backend. */
export function needsWebGpu({ engine }: Pick<Build, 'engine'>): boolean {
  return engine === 'web-llm';
}

export interface ModelRef {
  /** "tabeval/embedded", "HuggingFaceTB/SmolLM2-135M-Instruct", "folder/my-model". */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly source: ModelSource;
  /** Commit of the hub, or the first 12 digits of the hash over the files' hashes. */
  readonly revision: string;
  readonly build: Build;
  readonly files: readonly ModelFile[];
}

/** A model that can be chosen. */
export interface ModelCard {
  readonly ref: ModelRef;
  /** Tokens that prompt and answer may have together; 0 where a server does not tell. */
  readonly contextLength: number;
  /** Number of parameters, where it is known. */
  readonly parameters: number | null;
  /** Whether it thinks before it answers, as its chat template or its server says; absent: nothing is known. */
  readonly thinks?: ThinkingAbility;
  /** Bytes of all files; 0 where a server does not tell. */
  readonly bytes: number;
  /** `tab`: the browser refused storage, so the files are gone with the tab. Absent: they stay. */
  readonly keptBy?: 'tab';
  /** On whose word the files of a downloaded model are right. */
  readonly trust?: Trust;
}

/**
 * Where an engine reads a model's files. Only addresses: so the engines and the model store need not know each other.
 * Paths inside are those of `ModelFile.path`.
 */
export type FileSource =
  /** A folder of this site; `base` is its absolute address and ends with a slash. */
  | { readonly kind: 'url'; readonly base: string }
  /** A folder of the origin private file system, named from its root: "models/9f86d081884c". */
  | { readonly kind: 'opfs'; readonly directory: string }
  /** Files held by the page, for browsers that refuse the origin private file system. */
  | { readonly kind: 'blobs'; readonly files: Readonly<Record<string, Blob>> };

/**
 * Tokens of context that a model's `config.json` promises (prompt and answer together); null where it says nothing.
 * The names are those of the architectures: Llama and most others, GPT-2, GPT-J and others, Falcon; multimodal models
 * keep them under `text_config`.
 */
export function contextLengthOf(config: unknown): number | null {
  if (config === null || typeof config !== 'object') return null;
  const fields = config as Readonly<Record<string, unknown>>;
  for (const name of ['max_position_embeddings', 'n_positions', 'n_ctx', 'max_sequence_length', 'seq_length']) {
    const value = fields[name];
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  }
  return 'text_config' in fields ? contextLengthOf(fields.text_config) : null;
}
