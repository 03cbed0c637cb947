/** Two runs of one model in two quantisations: what each of them is, and what else may explain a difference. */
import { cautionsOf, type Caution } from '../compare.ts';
import type { ModelRef } from '../model.ts';
import type { RunHeader } from '../run.ts';
import { tokenizerFile } from './tokenizers.ts';

/** What differs besides the quantisation: then a difference cannot be put down to it alone. */
export type Besides =
  | Extract<
      Caution,
      | 'other-engine'
      | 'other-device'
      | 'other-variant'
      | 'other-budget'
      | 'other-thinking'
      | 'other-sampling'
      | 'one-draw'
      | 'other-renderer'
    >
  /** Commits of one repository. */
  | 'other-revision'
  /** The chat templates differ, so the prompts may. */
  | 'other-template';

const BESIDES: ReadonlySet<string> = new Set<Besides>([
  ...(['other-engine', 'other-device', 'other-variant', 'other-budget', 'other-thinking'] as const),
  ...(['other-sampling', 'one-draw', 'other-renderer'] as const),
]);

export interface BuildPair {
  /** Which of the two has fewer bits for a weight; null: their names do not tell. */
  readonly coarser: 0 | 1 | null;
  /** Empty: nothing but the quantisation differs. */
  readonly besides: readonly Besides[];
}

/** Null where it is not one model in two quantisations, as far as names and tokenizers tell. */
export function buildPair(first: RunHeader, second: RunHeader): BuildPair | null {
  const [a, b] = [first.spec.model, second.spec.model];
  const words = [a.build.quantisation, b.build.quantisation] as const;
  if (!isSameModel(a, b) || words[0] === words[1] || words.includes('unknown')) return null;
  const [x, y] = [bitsOf(words[0]), bitsOf(words[1])];
  const known = x !== null && y !== null && x !== y;
  const besides = cautionsOf(first, second).filter((caution): caution is Caution & Besides => BESIDES.has(caution));
  return {
    coarser: known ? (x < y ? 0 : 1) : null,
    besides: [
      ...besides,
      ...(a.source === 'hub' && a.id === b.id && a.revision !== b.revision ? (['other-revision'] as const) : []),
      ...(first.spec.templateHash !== second.spec.templateHash ? (['other-template'] as const) : []),
    ],
  };
}

/**
 * Builds of one repository or folder, or of several whose names differ in nothing but words for the form: nobody keeps
 * the same weights under another name on purpose. Another tokenizer is another model, whatever its name.
 */
export function isSameModel(a: ModelRef, b: ModelRef): boolean {
  const tokenizers = [tokenizerFile(a), tokenizerFile(b)];
  if (!tokenizers.includes(null) && tokenizers[0] !== tokenizers[1]) return false;
  return a.id === b.id || modelStem(a) === modelStem(b);
}

/** Words for a form of the weights, in the names of repositories and files: "-q4f16_1-MLC", ".Q8_0.gguf", "_int8". */
const FORM =
  /(?<=[-_.:@])(?:i?q\d+(?:f(?:16|32))?(?:_[a-z0-9]+)*|bf16|fp?(?:8|16|32)|u?int[48]|bnb4|mxfp4|[2-8]-?bit|awq|gptq|quantized|mlc|onnx|gguf|1k)(?=$|[-_.:@])/g;

/** "mlc-ai/Qwen2.5-0.5B-Instruct-q4f16_1-MLC" → "qwen2-5-0-5b-instruct". */
function modelStem({ id }: ModelRef): string {
  const name = id.slice(id.lastIndexOf('/') + 1).toLowerCase();
  const words = name.replace(FORM, '').split(/[-_.:@]+/);
  return words.filter((word) => word !== '').join('-') || name;
}

/** Bits of a weight, without its share of a scale, by the engines' own words: "fp32", "q4f16_1", "Q4_K_M", "IQ3_XXS". */
export function bitsOf(quantisation: string): number | null {
  const word = quantisation.toLowerCase();
  if (/^(?:bnb4|mxfp4|awq|gptq)$/.test(word)) return 4;
  const [, digits, wide] = /^(?:i?q(\d+)(?:f(16|32))?(?:_|$))/.exec(word) ?? [];
  // MLC's q0f16: not quantised.
  if (digits !== undefined) return Number(digits) === 0 ? (wide === undefined ? null : Number(wide)) : Number(digits);
  const [, bits] = /^(?:b?f|fp|u?int)(\d+)$/.exec(word) ?? [];
  return bits === undefined ? null : Number(bits);
}
