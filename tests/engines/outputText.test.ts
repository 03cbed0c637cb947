import { readFileSync } from 'node:fs';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { expect, test } from 'vitest';
import { outputText } from '../../src/engines/transformers/worker/outputText.ts';

const embedded = new URL('../../public/models/embedded/', import.meta.url);
const json = (file: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL(file, embedded), 'utf8')) as Readonly<Record<string, unknown>>;

interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
}

/** The embedded model's tokenizer with further tokens, as other models have them. */
function withTokens(contents: readonly string[], special: boolean): PreTrainedTokenizer {
  const own = json('tokenizer.json');
  const before = own.added_tokens as readonly AddedToken[];
  const added = contents.map((content, n) => ({ ...before[0], id: 900_000 + n, content, special }));
  return new PreTrainedTokenizer({ ...own, added_tokens: [...before, ...added] }, json('tokenizer_config.json'));
}

function there(tokenizer: PreTrainedTokenizer, text: string): string {
  return outputText(tokenizer)(tokenizer.encode(text, { add_special_tokens: false }));
}

test.each([
  ['Gemma 4', ['<|channel>', '<channel|>'], '<|channel>thought\n3 + 4\n<channel|>7'],
  ['gpt-oss', ['<|channel|>', '<|message|>', '<|start|>', '<|end|>'], '<|channel|>analysis<|message|>3<|end|>'],
  ['Magistral', ['[THINK]', '[/THINK]'], '[THINK]3 + 4[/THINK]7'],
])('the marks of %s stay although they are special tokens', (_, tokens, text) => {
  expect(there(withTokens(tokens, true), text)).toBe(text);
});

test('marks that are ordinary tokens stay as they are', () => {
  const text = '<think>3 + 4</think>\n\n7';
  expect(there(withTokens(['<think>', '</think>'], false), text)).toBe(text);
});

test('other special tokens are dropped, the ends of turns among them', () => {
  const tokenizer = withTokens(['<|end|>', '<|start|>'], true);
  expect(there(tokenizer, '7<|end|><|im_end|>')).toBe('7');
  expect(there(tokenizer, '')).toBe('');
});
