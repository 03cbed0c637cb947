/** A tokenizer and a model of transformers.js, reduced to what an evaluation needs: text in, one best token after another. */
import {
  AutoModelForCausalLM,
  AutoTokenizer,
  DynamicCache,
  env,
  GenerationConfig,
  LogitsProcessor,
  LogitsProcessorList,
  Tensor,
  type PreTrainedModel,
  type PreTrainedTokenizer,
} from '@huggingface/transformers';
import type { ModelFiles } from '../../worker/files.ts';

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
  /** A conversation of its own, with nothing in its cache yet. */
  start(): Decoding;
  /**
   * The logits after each of `ids`, in one pass and without a cache: `ids.length` rows of as many numbers as the
   * vocabulary has tokens, one row behind the other. For texts of some hundred tokens: a row may take 600 kB.
   */
  logits(ids: readonly number[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface Decoding {
  /**
   * The best next token after `ids`, which is the whole sequence so far: what was there at the last call is in the
   * cache. `logits` are of this step, one for each token of the vocabulary; valid until the next call.
   */
  next(ids: readonly number[]): Promise<{ readonly id: number; readonly logits: Float32Array }>;
  /** Gives the cache's memory back. */
  end(): Promise<void>;
}

const decodeOptions = { skip_special_tokens: true, clean_up_tokenization_spaces: false };

export interface LanguageModelOptions {
  /** Unique in this worker. */
  readonly folder: string;
  readonly files: ModelFiles;
  readonly device: 'webgpu' | 'wasm';
  readonly dtype: string;
  /** Number of "….onnx_data" files; see importFolder and the hub's layout. */
  readonly externalDataFiles: number;
}

export async function loadLanguageModel(options: LanguageModelOptions): Promise<LanguageModel> {
  const { folder, files, device, dtype, externalDataFiles } = options;
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
  return {
    encode: (text) => tokenizer.encode(text, { add_special_tokens: false }),
    decode: (ids) => (ids.length === 0 ? '' : tokenizer.decode(ids, decodeOptions)),
    endTokens: endTokens(tokenizer, model),
    start: () => startDecoding(model),
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

/** Keeps the logits of the step: `generate` does not return them. */
class KeepLogits extends LogitsProcessor {
  logits: Float32Array = new Float32Array(0);

  override _call(_ids: bigint[][], logits: Tensor): Tensor {
    this.logits = logits.data as Float32Array;
    return logits;
  }
}

/**
 * One call of the library's `generate` for each token, with a cache that we keep: so the worker can hear a cancel
 * between two tokens (a whole `generate` on WASM never lets go), and the end tokens are ours to judge.
 */
function startDecoding(model: PreTrainedModel): Decoding {
  const cache = new DynamicCache();
  const keep = new KeepLogits();
  const processors = new LogitsProcessorList();
  processors.push(keep);
  // Explicit, and complete: the library merges the model's own settings in, penalties included, even for greedy decoding.
  const greedy = Object.assign(new GenerationConfig({} as GenerationConfig), {
    do_sample: false,
    repetition_penalty: 1,
    temperature: 1,
    max_new_tokens: 1,
  });
  return {
    async next(ids) {
      const shape = [1, ids.length];
      const output = await model.generate({
        inputs: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
        attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
        past_key_values: cache,
        generation_config: greedy,
        logits_processor: processors,
      });
      if (!(output instanceof Tensor)) throw new Error('generate gave no tensor');
      return { id: Number((output.data as BigInt64Array).at(-1)), logits: keep.logits };
    },
    end: () => cache.dispose(),
  };
}
