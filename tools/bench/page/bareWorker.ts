/**
 * The bare engine: transformers.js asked once for all tokens, with nothing of ours around its loop. The runtime is
 * prepared by the engine's own module, so that both have the same build and threads.
 */
import {
  AutoModelForCausalLM,
  AutoTokenizer,
  BaseStreamer,
  env,
  Tensor,
  type PreTrainedModel,
  type PreTrainedTokenizer,
} from '@huggingface/transformers';
import { prepareRuntime } from '../../../src/engines/transformers/worker/runtime.ts';

export interface BareLoad {
  readonly kind: 'load';
  readonly device: 'wasm' | 'webgpu';
  readonly dtype: string;
  readonly blobs: Readonly<Record<string, Blob>>;
}

export type ToBare = BareLoad | { readonly kind: 'generate'; readonly prompt: string; readonly tokens: number };

export type FromBare =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'generated'; readonly text: string; readonly decodeMs: number }
  | { readonly kind: 'failed'; readonly detail: string };

let tokenizer: PreTrainedTokenizer;
let model: PreTrainedModel;

async function load({ device, dtype, blobs }: BareLoad): Promise<FromBare> {
  prepareRuntime(device);
  env.localModelPath = 'files/';
  env.fetch = (address: string | URL) => {
    const blob = blobs[String(address).replace(/^files\/model\//, '')];
    return Promise.resolve(new Response(blob ?? null, { status: blob === undefined ? 404 : 200 }));
  };
  tokenizer = await AutoTokenizer.from_pretrained('model');
  model = await AutoModelForCausalLM.from_pretrained('model', { device, dtype: dtype as 'q4' });
  return { kind: 'loaded' };
}

/** Notes when the first and the last token came. The library hands over the prompt first. */
class Stopwatch extends BaseStreamer {
  readonly times: number[] = [];
  override put(): void {
    this.times.push(performance.now());
  }
  override end(): void {
    // Nothing to do.
  }
}

async function generate(prompt: string, tokens: number): Promise<FromBare> {
  const ids = tokenizer.encode(prompt, { add_special_tokens: false });
  const shape = [1, ids.length];
  const watch = new Stopwatch();
  const output = await model.generate({
    inputs: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    do_sample: false,
    repetition_penalty: 1,
    max_new_tokens: tokens,
    streamer: watch,
  } as unknown as Parameters<PreTrainedModel['generate']>[0]);
  const all = Array.from((output as Tensor).data as BigInt64Array, Number);
  const options = { skip_special_tokens: true, clean_up_tokenization_spaces: false };
  const text = tokenizer.decode(all.slice(ids.length), options);
  return { kind: 'generated', text, decodeMs: (watch.times.at(-1) ?? NaN) - (watch.times[1] ?? NaN) };
}

onmessage = (e: MessageEvent<ToBare>): void => {
  const { data } = e;
  const work = data.kind === 'load' ? load(data) : generate(data.prompt, data.tokens);
  const failed = (thrown: unknown): FromBare => ({ kind: 'failed', detail: String(thrown) });
  void work.catch(failed).then((answer) => postMessage(answer));
};
