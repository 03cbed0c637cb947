import type { PreTrainedTokenizer } from '@huggingface/transformers';

/**
 * Token ids of a rendered prompt. Nothing is put around it: a template that wants a BOS has written it, and where it has
 * not, the reference (`apply_chat_template` of Python's transformers) has none either, although many tokenizers would
 * add one by themselves.
 */
export function promptIds(tokenizer: Pick<PreTrainedTokenizer, 'encode'>, prompt: string): number[] {
  return tokenizer.encode(prompt, { add_special_tokens: false });
}
