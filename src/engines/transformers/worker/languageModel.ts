/** A tokenizer and a model of transformers.js, reduced to what an evaluation needs: text in, logits of the next token out. */
import {
  AutoModelForCausalLM,
  AutoTokenizer,
  env,
  Tensor,
  type PreTrainedModel,
  type PreTrainedTokenizer,
} from '@huggingface/transformers';
import type { ModelFiles } from '../../worker/files.ts';
import { gpuDevice } from '../../worker/gpu.ts';
import { startDecoding, type Decoding } from './decoding.ts';
import { keptPrefix, rotationLimit, type KeptPrefix } from './keptPrefix.ts';
import { outputText } from './outputText.ts';
import { promptIds } from './promptIds.ts';

/** transformers.js asks for "files/<folder>/<path>"; each folder is one set of files. */
const ROOT = 'files/';
const folders = new Map<string, ModelFiles>();

env.localModelPath = ROOT;
env.fetch = (address: string | URL) => {
  const [, folder = '', path = ''] = /^files\/([^/]+)\/(.+)$/.exec(String(address)) ?? [];
  const files = folders.get(folder);
  return files === undefined ? Promise.reject(new Error(`no such model file: ${address}`)) : files.open(path);
};

export interface LanguageModel {
  encode(text: string): number[];
  /** Without special tokens; white space as it is. */
  decode(ids: number[]): string;
  /** Tokens that end an answer. */
  readonly endTokens: ReadonlySet<number>;
  /** A sequence of its own, with nothing in its cache yet. */
  start(): Decoding;
  /** What one answer leaves for the next. */
  readonly prefix: KeptPrefix;
  /**
   * The logits after each of `ids`, in one pass and without a cache: `ids.length` rows of as many numbers as the
   * vocabulary has tokens, one row behind the other. For texts of some hundred tokens: a row may take 600 kB.
   */
  logits(ids: readonly number[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface LanguageModelOptions {
  /** Unique in this worker. */
  readonly folder: string;
  readonly files: ModelFiles;
  readonly device: 'webgpu' | 'wasm';
  readonly dtype: string;
  /** Number of "….onnx_data" files; see importFolder and the hub's layout. */
  readonly externalDataFiles: number;
  /** False: every prompt is computed whole. Default true. */
  readonly reusePrefix?: boolean;
}

export async function loadLanguageModel(options: LanguageModelOptions): Promise<LanguageModel> {
  const { folder, files, device, dtype, externalDataFiles, reusePrefix = true } = options;
  folders.set(folder, files);
  const load = async (): Promise<[PreTrainedTokenizer, PreTrainedModel]> => [
    await AutoTokenizer.from_pretrained(folder),
    await AutoModelForCausalLM.from_pretrained(folder, {
      device,
      dtype: dtype as 'q4',
      use_external_data_format: externalDataFiles,
    }),
  ];
  const [tokenizer, model] = await Promise.race([load(), files.broken]);
  const start = (): Decoding => startDecoding(model, gpuDevice);
  return {
    encode: (text) => promptIds(tokenizer, text),
    decode: outputText(tokenizer),
    endTokens: endTokens(tokenizer, model),
    start,
    prefix: keptPrefix(start, reusePrefix ? rotationLimit(model.config) : 0),
    logits: (ids) => allLogits(model, ids),
    async dispose() {
      folders.delete(folder);
      await model.dispose();
    },
  };
}

/**
 * Chat models end an answer with another token than base models do, and exports differ in which file says so: any token
 * that one of the three files calls the end counts.
 */
function endTokens(tokenizer: PreTrainedTokenizer, model: PreTrainedModel): ReadonlySet<number> {
  const config = model.config as unknown as { readonly eos_token_id?: unknown };
  const said = [model.generation_config?.eos_token_id, config.eos_token_id, tokenizer.eos_token_id];
  return new Set(said.flat().filter((id): id is number => typeof id === 'number'));
}

async function allLogits(model: PreTrainedModel, ids: readonly number[]): Promise<Float32Array> {
  const shape = [1, ids.length];
  // The library describes a forward pass as a function of anything.
  const outputs = (await model({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
  })) as Readonly<Record<string, Tensor>>;
  const { logits, ...cache } = outputs;
  // On a GPU nobody frees what is not asked for.
  for (const tensor of Object.values(cache)) tensor.dispose();
  if (logits === undefined) throw new Error('the model gave no logits');
  return logits.to('float32').data as Float32Array;
}
