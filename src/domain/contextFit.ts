import type { ModelCard } from './model.ts';
import { messagesFor } from './prompt.ts';
import type { Suite, VariantId } from './suite.ts';
import { askedAs } from './variant.ts';

/** Tokens for each character of a kind. */
interface Rates {
  readonly han: number;
  readonly digit: number;
  readonly letter: number;
  readonly other: number;
}

/**
 * Fitted by least squares to the passages of the reading suite. `embedded`: its own tokenizer of 2,560 tokens, which
 * makes many of a text. `usual`: vocabularies of 32,000 and more; between SmolLM2's, which is poor in Chinese, and
 * Qwen's, which is rich.
 */
const RATES: Readonly<Record<'embedded' | 'usual', Rates>> = {
  embedded: { han: 1.613, digit: 0.768, letter: 0.237, other: 1.065 },
  usual: { han: 1.2, digit: 1.2, letter: 0.2, other: 0.4 },
};

/** Of the chat template: role names and marks around two messages. */
const TEMPLATE_TOKENS = 20;

/** Tokens of a text, estimated: within a third for a single text, far better over many. */
function estimatedTokens(text: string, rates: Rates): number {
  let tokens = 0;
  for (const character of text) {
    if (/[\u3000-\u9fff\uff00-\uffef]/.test(character)) tokens += rates.han;
    else if (/[0-9]/.test(character)) tokens += rates.digit;
    else tokens += /[A-Za-z]/.test(character) ? rates.letter : rates.other;
  }
  return tokens;
}

/**
 * About how many of the items, with the budget for the answer, do not fit into a model's context: they would stay
 * unscored. 0 where the context is not known.
 */
export function itemsBeyondContext(
  suite: Suite,
  { ref, contextLength }: Pick<ModelCard, 'ref' | 'contextLength'>,
  { variant = 'plain', limit = null }: { readonly variant?: VariantId; readonly limit?: number | null } = {},
): number {
  if (contextLength === 0) return 0;
  const rates = RATES[ref.source === 'embedded' ? 'embedded' : 'usual'];
  const { maxTokens } = askedAs(suite, variant);
  const asked = suite.items.slice(0, limit ?? suite.items.length);
  return asked.filter((item) => {
    const text = messagesFor(suite, item, variant)
      .map(({ content }) => content)
      .join('\n');
    return estimatedTokens(text, rates) + TEMPLATE_TOKENS + maxTokens > contextLength;
  }).length;
}
