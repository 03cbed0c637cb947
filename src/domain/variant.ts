import type { PromptTemplate, Suite, VariantId } from './suite.ts';

/** A way of asking that a suite offers. */
export interface VariantChoice {
  readonly id: VariantId;
  /** Most new tokens for one answer. */
  readonly maxTokens: number;
}

/** The ways in which a suite can be asked, `plain` first. */
export function variantsOf(suite: Suite): readonly VariantChoice[] {
  const others = (suite.variants ?? []).map(({ id, maxTokens }) => ({ id, maxTokens }));
  return [{ id: 'plain', maxTokens: suite.maxTokens }, ...others];
}

/**
 * The suite as it is asked in this way. Without the passages, an item on a passage is asked like one that has none.
 * Throws a RangeError that names suite and variant where the suite does not offer it.
 */
export function askedAs(suite: Suite, id: VariantId): { readonly prompt: PromptTemplate; readonly maxTokens: number } {
  if (id === 'plain') return { prompt: suite.prompt, maxTokens: suite.maxTokens };
  const variant = suite.variants?.find((offered) => offered.id === id);
  if (variant === undefined) throw new RangeError(`${suite.id}: no prompt variant ${id}`);
  if (variant.id !== 'closed-book') return { prompt: variant.prompt, maxTokens: variant.maxTokens };
  const { prompt, maxTokens } = variant;
  return { prompt: { ...prompt, withPassage: prompt.withoutPassage }, maxTokens };
}
