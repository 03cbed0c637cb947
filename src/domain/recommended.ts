import type { Catalogue, CatalogueModel, RecommendedSampling } from './catalogue.ts';
import type { Sampled } from './engine.ts';
import type { ModelRef } from './model.ts';
import type { ThinkingMode } from './thinkingMode.ts';

/**
 * The catalogue's entry of a model on this device or on a server. By the repository or the engine's own id; of a server
 * by the name alone, because servers call a model as they like: "qwen3-0.6b-q8_0" is Qwen3-0.6B. Null: not in it.
 */
export function catalogueModelOf(
  { models }: Pick<Catalogue, 'models'>,
  { id, source }: Pick<ModelRef, 'id' | 'source'>,
): CatalogueModel | null {
  const exact = models.find(
    ({ repository, builds }) => repository === id || builds.some((build) => build.id === id || build.repository === id),
  );
  if (exact !== undefined || (source !== 'server' && source !== 'folder')) return exact ?? null;
  const name = bare(id.split('/').at(-1) ?? id);
  // The longest one: "qwen3-0.6b" must not be taken for another whose name is its beginning.
  const [longest] = models
    .filter(({ id: known }) => name === bare(known) || name.startsWith(`${bare(known)}-`))
    .sort((a, b) => b.id.length - a.id.length);
  return longest ?? null;
}

/** Lower case; Ollama's "qwen3:0.6b" and a file's "Qwen3_0.6B" with the same signs between the words. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.gguf$/, '')
    .replace(/[:_ ]/g, '-');
}

/**
 * What the makers recommend for thinking or for answering at once; null where they recommend nothing for that.
 * `mode`: whether the model is told to think; null: it is not told, and does as it does by itself.
 */
export function recommendedSampling(
  { thinking, sampling }: Pick<CatalogueModel, 'thinking' | 'sampling'>,
  mode: ThinkingMode | null = null,
): RecommendedSampling | null {
  return sampling.find((one) => (one.mode === 'thinking') === thinks(thinking, mode)) ?? null;
}

function thinks(thinking: CatalogueModel['thinking'], mode: ThinkingMode | null): boolean {
  if (thinking.kind !== 'switchable') return thinking.kind === 'always';
  return mode === null ? thinking.byDefault === 'on' : mode === 'on';
}

/** As an engine takes it. What the makers say nothing of is left alone. */
export function sampledAs({ temperature, topP, topK, minP }: RecommendedSampling, seed: number): Sampled {
  return { kind: 'sampled', temperature, topP, topK, minP: minP ?? 0, repetitionPenalty: 1, seed };
}
