import type { CatalogueBuild, CatalogueModel } from './catalogue.ts';
import { fitOf, type Fit, type FitContext } from './fits.ts';

export interface BuildChoice {
  readonly build: CatalogueBuild;
  readonly fit: Exclude<Fit, { answer: 'cannot' }>;
  /** Builds that would have been better, best first, and why each was not taken: f32 chosen because f16 is missing. */
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly build: CatalogueBuild;
  readonly fit: Exclude<Fit, { answer: 'fits' }>;
}

export type Choice =
  | { readonly ok: true; readonly choice: BuildChoice }
  /** Every build is ruled out, or none is known. */
  | { readonly ok: false; readonly passedOver: readonly PassedOver[] };

/**
 * The best build of a model for this device, chosen before a byte is downloaded: of those that fit, else of those that
 * nothing rules out, the first in the order of `bestFirst`.
 */
export function chooseBuild(model: CatalogueModel, context: FitContext): Choice {
  const tried = [...model.builds]
    .sort(bestFirst(isOnProcessor(context) ? PROCESSOR_ORDER : GPU_ORDER))
    .map((build) => ({ build, fit: fitOf(model, build, context) }));
  const chosen = tried.find(({ fit }) => fit.answer === 'fits') ?? tried.find(({ fit }) => fit.answer === 'unknown');
  const passedOver: PassedOver[] = [];
  for (const { build, fit } of tried) {
    if (build === chosen?.build) break;
    if (fit.answer !== 'fits') passedOver.push({ build, fit });
  }
  if (chosen === undefined || chosen.fit.answer === 'cannot') return { ok: false, passedOver };
  return { ok: true, choice: { build: chosen.build, fit: chosen.fit, passedOver } };
}

function isOnProcessor({ device: { webgpu } }: FitContext): boolean {
  return webgpu === null || webgpu.software === true;
}

/**
 * On a GPU: web-llm before transformers.js (three to four times its speed on the same card), 4 bits before 8, 16 and
 * 32 (what people run, and a fraction of the download), f16 before f32. 8-bit ONNX builds last: wrong answers without
 * an error are known of them on WebGPU.
 */
const GPU_ORDER = [
  ...['q4f16_1', 'q4f32_1', 'q0f16', 'q0f32'],
  ...['q4f16', 'q4', 'bnb4', 'fp16', 'fp32', 'q8', 'int8', 'uint8'],
];

/** On a processor 4 bits are fastest (8-bit MatMulNBits has no fast kernel there), and 16-bit arithmetic is emulated. */
const PROCESSOR_ORDER = ['q4', 'q8', 'int8', 'uint8', 'bnb4', 'fp32'];

/** Then the longer context: the same weights again with 1,024 tokens are for when memory is short. */
function bestFirst(order: readonly string[]): (a: CatalogueBuild, b: CatalogueBuild) => number {
  const rank = ({ quantisation }: CatalogueBuild): number => {
    const found = order.indexOf(quantisation);
    return found === -1 ? order.length : found;
  };
  return (a, b) => rank(a) - rank(b) || (b.context ?? Infinity) - (a.context ?? Infinity);
}
