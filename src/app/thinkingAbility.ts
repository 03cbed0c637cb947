import { thinkingFamily } from '#catalog';
import type { LoadedModel, ModelCard, ThinkingAbility } from '#domain';

/** Before a model is loaded: what its template said when it came here, else what its name says; null: not known. */
export function thinkingAbility({ thinks, ref }: ModelCard): ThinkingAbility | null {
  return thinks ?? thinkingFamily(ref.name)?.thinks ?? null;
}

/**
 * Whether a loaded model can think. Its template knows; of a server that renders by itself only the model's name tells
 * something.
 */
export function canThink(card: ModelCard, { thinking }: Pick<LoadedModel, 'thinking'>): boolean {
  if (thinking === 'template' || thinking === 'always') return true;
  const ability = thinkingAbility(card);
  return thinking !== undefined && ability !== null && ability !== 'never';
}
