/** A model as a run, a record or a link names it: exactly which weights, in which form, under which engine. */

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
  /** Tokens that prompt and answer may have together. */
  readonly contextLength: number;
  /** Number of parameters, where it is known. */
  readonly parameters: number | null;
  /** Bytes of all files. */
  readonly bytes: number;
}
