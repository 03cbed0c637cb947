/**
 * The model's forward pass, once for a prompt and once for each further token, over a cache that is ours. The library's
 * `generate` would not let the worker hear a cancel between two tokens, nor give the cache back cropped; called once for
 * each token it spent a quarter of the time on copying ids and logits.
 */
import { DynamicCache, PreTrainedModel, Tensor } from '@huggingface/transformers';
import { cropTensor, holdsTokens } from './cropTensor.ts';

export interface Decoding {
  /**
   * The logits of the token after `ids`, which is the whole sequence so far: only what is not in the cache yet is
   * computed. One for each token of the vocabulary; valid until the next call.
   */
  next(ids: readonly number[]): Promise<{ readonly logits: Float32Array }>;
  /** Forgets all but the first `length` tokens. False: this kind of model cannot; then nothing has changed. */
  crop(length: number): boolean;
  /** Gives the cache's memory back. */
  end(): Promise<void>;
}

type Outputs = Readonly<Record<string, Tensor>>;

/** `gpuDevice`: the one that the runtime computes on; null on WASM. */
export function startDecoding(model: PreTrainedModel, gpuDevice: () => GPUDevice | null): Decoding {
  let cache = new DynamicCache();
  let cached = 0;
  const mask = onesUpTo();
  const wantsAll = takesWholeSequence(model);
  // The library describes both as functions of anything.
  const prepare = (inputs: unknown): unknown => model.prepare_inputs_for_generation(null, inputs, null);

  return {
    async next(ids) {
      const added = wantsAll ? ids : ids.slice(cached);
      const inputs = {
        input_ids: new Tensor('int64', BigInt64Array.from(added, BigInt), [1, added.length]),
        attention_mask: new Tensor('int64', mask(ids.length), [1, ids.length]),
        past_key_values: cache,
      };
      const outputs = (await model.forward(prepare(inputs))) as Outputs;
      const { logits } = outputs;
      if (logits === undefined) throw new Error('the model gave no logits');
      cache.update(pastOf(outputs));
      cached = ids.length;
      return { logits: lastRow(logits) };
    },
    crop(length) {
      const entries = Object.entries<Tensor>(cache);
      const possible = entries.length > 0 && entries.every(([, tensor]) => holdsTokens(tensor, cached));
      const onGpu = entries.some(([, tensor]) => tensor.location === 'gpu-buffer');
      const device = gpuDevice();
      if (!possible || length > cached || (onGpu && device === null)) return false;
      // One after the other: the memory of one tensor is needed besides, not that of a second cache.
      if (length < cached)
        for (const [name, tensor] of entries) cache.update({ [name]: cropTensor(tensor, length, device) });
      cached = length;
      return true;
    },
    async end() {
      const ended = cache;
      cache = new DynamicCache();
      cached = 0;
      await ended.dispose();
    },
  };
}

/** Models with a hook of their own (Qwen2-VL's positions, …) work out more than ids from the sequence, and want it all. */
function takesWholeSequence(model: PreTrainedModel): boolean {
  return model.prepare_inputs_for_generation !== PreTrainedModel.prototype.prepare_inputs_for_generation;
}

/**
 * The outputs that are the next step's inputs, under their names there: "present.0.key" comes back as
 * "past_key_values.0.key", states of other kinds ("present_conv.0") as "past_conv.0". What nobody needs is given back.
 */
function pastOf(outputs: Outputs): Record<string, Tensor> {
  const past: Record<string, Tensor> = {};
  for (const [name, tensor] of Object.entries(outputs)) {
    if (name.startsWith('present_')) past[name.replace('present_', 'past_')] = tensor;
    else if (name.startsWith('present')) past[name.replace('present', 'past_key_values')] = tensor;
    else if (tensor.location === 'gpu-buffer') tensor.dispose();
  }
  return past;
}

/** Of [1, tokens, vocabulary] the last token's; a view where the model computes in float32. */
function lastRow(logits: Tensor): Float32Array {
  const vocabulary = logits.dims.at(-1) ?? 0;
  if (logits.type === 'float32') return (logits.data as Float32Array).subarray(-vocabulary);
  return logits.slice(null, -1, null).to('float32').data as Float32Array;
}

/** A mask that hides nothing, for any length: a view of one array that grows, instead of a new one for each token. */
function onesUpTo(): (length: number) => BigInt64Array {
  let ones = new BigInt64Array(0);
  return (length) => {
    if (ones.length < length) ones = new BigInt64Array(2 * length).fill(1n);
    return ones.subarray(0, length);
  };
}
