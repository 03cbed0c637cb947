import type { PreTrainedTokenizer } from '@huggingface/transformers';

type Tokenizer = Pick<PreTrainedTokenizer, 'encode' | 'decode'>;

/** Marks of thinking that some models have as special tokens, which decoding drops: gpt-oss, Gemma 4, Magistral, Kimi. */
const MARKS = ['<think>', '</think>', '[THINK]', '[/THINK]', '◁think▷', '◁/think▷', '<|channel>', '<channel|>'];
/** Only together: other models end their turn with one of them. */
const CHANNEL_MARKS = ['<|channel|>', '<|message|>', '<|start|>', '<|end|>'];

/** Text of tokens: without special tokens, but with those that part the thinking from the answer; white space as it is. */
export function outputText(tokenizer: Tokenizer): (ids: readonly number[]) => string {
  const options = { skip_special_tokens: true, clean_up_tokenization_spaces: false };
  const marks = new Map<number, string>();
  for (const mark of [...MARKS, ...(idOf('<|channel|>') === null ? [] : CHANNEL_MARKS)]) {
    const id = idOf(mark);
    if (id !== null) marks.set(id, mark);
  }

  /** Null where it is no token, or one that is not dropped. */
  function idOf(mark: string): number | null {
    const [id, ...more] = tokenizer.encode(mark, { add_special_tokens: false });
    if (id === undefined || more.length > 0) return null;
    return tokenizer.decode([id], options) === '' ? id : null;
  }

  function decode(ids: readonly number[]): string {
    return ids.length === 0 ? '' : tokenizer.decode([...ids], options);
  }

  return (ids) => {
    let text = '';
    let from = 0;
    for (const [at, id] of ids.entries()) {
      const mark = marks.get(id);
      if (mark === undefined) continue;
      text += decode(ids.slice(from, at)) + mark;
      from = at + 1;
    }
    return text + decode(ids.slice(from));
  };
}
