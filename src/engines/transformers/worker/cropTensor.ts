/**
 * The first tokens of a kept key or value tensor. ONNX Runtime has no view into a tensor, so this copies: one row of
 * `length × width` numbers for each head.
 */
import { Tensor } from '@huggingface/transformers';

/** What is needed of the runtime's own tensor class, which transformers.js does not export. */
interface GpuTensor {
  readonly gpuBuffer: GPUBuffer;
  readonly constructor: {
    fromGpuBuffer(buffer: GPUBuffer, options: { dataType: string; dims: readonly number[]; dispose(): void }): unknown;
  };
}

/** GPUBufferUsage.STORAGE | COPY_SRC | COPY_DST: what the runtime asks of its own; the names are not in the worker's types. */
const USAGE = 0x80 | 0x04 | 0x08;

const BYTES_PER_NUMBER: Readonly<Record<string, number>> = { float32: 4, float16: 2 };

/**
 * Whether `tensor` is [1, heads, length, width], as nearly all decoders keep keys and values. Recurrent and convolutional
 * states are not: they hold the last token's state and know no earlier one.
 */
export function holdsTokens(tensor: Tensor, length: number): boolean {
  const { dims, type } = tensor;
  return dims.length === 4 && dims[0] === 1 && dims[2] === length && type in BYTES_PER_NUMBER;
}

/** `tensor` stays as it is. Where it lies on the GPU, the copy is queued behind what was submitted before. */
export function cropTensor(tensor: Tensor, length: number, device: GPUDevice | null): Tensor {
  if (tensor.location !== 'gpu-buffer') return cropInMemory(tensor, length);
  if (device === null) throw new Error('a tensor on the GPU cannot be copied without its device');
  return cropOnGpu(tensor, length, device);
}

function cropInMemory(tensor: Tensor, length: number): Tensor {
  const [, heads = 0, all = 0, width = 0] = tensor.dims;
  const from = tensor.data as Float32Array;
  const to = new (from.constructor as Float32ArrayConstructor)(heads * length * width);
  for (let head = 0; head < heads; head += 1) {
    const start = head * all * width;
    to.set(from.subarray(start, start + length * width), head * length * width);
  }
  return new Tensor(tensor.type, to, [1, heads, length, width]);
}

function cropOnGpu(tensor: Tensor, length: number, device: GPUDevice): Tensor {
  const [, heads = 0, all = 0, width = 0] = tensor.dims;
  const row = width * (BYTES_PER_NUMBER[tensor.type] ?? 4);
  const source = tensor.ort_tensor as unknown as GpuTensor;
  // Copies and bindings count in whole words.
  const copy = device.createBuffer({ size: Math.ceil((heads * length * row) / 16) * 16, usage: USAGE });
  const encoder = device.createCommandEncoder();
  for (let head = 0; head < heads; head += 1) {
    encoder.copyBufferToBuffer(source.gpuBuffer, head * all * row, copy, head * length * row, length * row);
  }
  device.queue.submit([encoder.finish()]);
  const options = { dataType: tensor.type, dims: [1, heads, length, width], dispose: () => copy.destroy() };
  return new Tensor(source.constructor.fromGpuBuffer(copy, options) as Tensor['ort_tensor']);
}
