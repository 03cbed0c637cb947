import type { Architecture, CatalogueBuild, CatalogueModel } from './catalogue.ts';

/**
 * How much GPU memory a build takes, in MiB (2²⁰ bytes), fitted to the figures that web-llm 0.2.86 lists: within 1.1 %
 * on average and 4.2 % at worst, without those of its figures that contradict each other.
 *
 *   weights     parameters · bits / 8, the bits with their share of a scale: 4.5, 5, 16 or 32
 *   KV cache    2 (key and value) · layers · kvHeads · headDim · b · context
 *   workspace   1024 · 5.5 · intermediate · b: the prompt is read in chunks of 1024 tokens ("cs1k" in a library's name)
 *   logits      1024 · vocabulary · 4, where the library keeps them for a whole chunk
 *
 * b is the width of an activation: 2 bytes in f16 builds, 4 in f32 builds.
 */
export const MIB = 2 ** 20;

/** Tokens of the prompt that web-llm reads at a time. */
const CHUNK = 1024;

/** Buffers of the feed-forward layer's width that live at once. Fitted. */
const LIVE_BUFFERS = 5.5;

/** MLC quantises embedding and output layer too, symmetrically, in groups of 32 with one scale and no zero point. */
const GROUP = 32;
const FORMATS: Readonly<Record<string, { readonly bits: number; readonly scaleBits: number }>> = {
  q4f16_1: { bits: 4, scaleBits: 16 },
  q4f32_1: { bits: 4, scaleBits: 32 },
  q0f16: { bits: 16, scaleBits: 0 },
  q0f32: { bits: 32, scaleBits: 0 },
};

/** Whether a build computes in 16 bits. By its name: most records of web-llm do not declare it (see fits.ts). */
export function computesInF16(quantisation: string): boolean {
  return /f16|fp16/.test(quantisation);
}

/** Bytes of the weights of a web-llm build, which is also its download; null for a quantisation that is not MLC's. */
export function weightBytes(parameters: number, quantisation: string): number | null {
  const format = FORMATS[quantisation];
  return format === undefined ? null : (parameters * (format.bits + format.scaleBits / GROUP)) / 8;
}

/** Bytes of the largest weight, the embedding: vocabulary · hidden · bits / 8. Its scales are a buffer of their own. */
export function embeddingBytes(architecture: Architecture, quantisation: string): number | null {
  const format = FORMATS[quantisation];
  if (format === undefined || architecture.hidden === null) return null;
  return (architecture.vocabulary * architecture.hidden * format.bits) / 8;
}

/** MiB of all that is no weight: KV cache for `context` tokens, workspace, logits. */
export function workingMiB(architecture: Architecture, quantisation: string, context: number): number {
  const { layers, kvHeads, headDim, intermediate, vocabulary, prefillLogits } = architecture;
  const width = computesInF16(quantisation) ? 2 : 4;
  const cache = 2 * layers * kvHeads * headDim * width * context;
  const workspace = CHUNK * LIVE_BUFFERS * intermediate * width;
  const logits = prefillLogits ? CHUNK * vocabulary * 4 : 0;
  return (cache + workspace + logits) / MIB;
}

/** The formula. Null where the shape of the network or the bits of the quantisation are not known. */
export function formulaMiB(model: CatalogueModel, quantisation: string, context: number): number | null {
  const weights = weightBytes(model.parameters.value, quantisation);
  if (weights === null || model.architecture === null) return null;
  return weights / MIB + workingMiB(model.architecture, quantisation, context);
}

export interface MemoryNeed {
  readonly mib: number;
  /**
   *   listed     what the engine's own list says
   *   formula    the formula above
   *   file-size  weights as large as the file, and the formula's working memory: for another engine than the one that
   *              the formula was fitted to, so the weakest of the three
   */
  readonly basis: 'listed' | 'formula' | 'file-size';
}

/**
 * Tokens. What web-llm's own list gives nearly every model: configurations say up to 131,072, and its cache for all of
 * them is made at once, in gigabytes. An engine without a fixed context is reckoned with it too.
 */
export const USUAL_CONTEXT = 4096;

/** What a build needs; null: not known. Where the listed figure is doubtful, the larger of it and the formula. */
export function memoryNeed(model: CatalogueModel, build: CatalogueBuild): MemoryNeed | null {
  const context = build.context ?? Math.min(model.context.value ?? USUAL_CONTEXT, USUAL_CONTEXT);
  if (build.engine === 'web-llm') {
    const listed = build.memoryMiB;
    if (listed !== null && build.memoryDoubt === undefined) return { mib: listed, basis: 'listed' };
    const reckoned = formulaMiB(model, build.quantisation, context);
    if (reckoned !== null && reckoned > (listed ?? 0)) return { mib: reckoned, basis: 'formula' };
    return listed === null ? null : { mib: listed, basis: 'listed' };
  }
  if (build.downloadBytes === null || model.architecture === null) return null;
  const working = workingMiB(model.architecture, build.quantisation, context);
  return { mib: build.downloadBytes / MIB + working, basis: 'file-size' };
}
