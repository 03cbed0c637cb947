/** One BOS in the token ids of a prompt, never two, and none where the template writes none. */
import { existsSync, readFileSync } from 'node:fs';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { describe, expect, test } from 'vitest';
import { promptIds } from '../../src/engines/transformers/worker/promptIds.ts';
import { chatTemplate, findTemplate, specialTokens } from '../../src/engines/worker/template.ts';

type Json = Readonly<Record<string, unknown>>;

const question = [{ role: 'user', content: 'What is 3 + 4?' }] as const;

const folders = [
  ['the embedded model', new URL('../../public/models/embedded/', import.meta.url)],
  ['SmolLM2-135M', new URL('../../../shared/models/smollm2-135m-instruct/', import.meta.url)],
] as const;

/** What the tokenizers of Llama 3 and Gemma do by themselves: a BOS in front of every text. */
function addingBos(bos: string, id: number): Json {
  const text = { Sequence: { id: 'A', type_id: 0 } };
  return {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: bos, type_id: 0 } }, text],
    pair: [text, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: { [bos]: { id: bos, ids: [id], tokens: [bos] } },
  };
}

describe.each(folders)('%s', (name, folder) => {
  const here = existsSync(folder);
  const json = (file: string): Json => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Json;
  const skipped = here ? '' : ` (skipped: ../shared/models has no ${name})`;

  test.skipIf(!here)(`has one BOS where its template writes one${skipped}`, () => {
    const config = json('tokenizer_config.json');
    const own = json('tokenizer.json');
    const plain = new PreTrainedTokenizer(own, config);
    const bos = String(config.bos_token);
    const [id = -1] = promptIds(plain, bos);
    const eager = new PreTrainedTokenizer({ ...own, post_processor: addingBos(bos, id) }, config);
    // The model's own template begins with the token that its tokenizer calls BOS.
    const prompt = chatTemplate(findTemplate(config, null), specialTokens(config)).render(question);
    expect(prompt.startsWith(bos)).toBe(true);

    const ids = promptIds(plain, prompt);
    expect(ids.slice(0, 2)).toEqual([id, expect.not.toBeOneOf([id])]);
    expect(promptIds(eager, prompt)).toEqual(ids);
    // What the library would do by itself: this is what the test is for.
    expect(eager.encode(prompt)).toEqual([id, ...ids]);
  });

  test.skipIf(!here)(`has none where its template writes none${skipped}`, () => {
    const config = json('tokenizer_config.json');
    const own = json('tokenizer.json');
    const [id = -1] = promptIds(new PreTrainedTokenizer(own, config), String(config.bos_token));
    const eager = new PreTrainedTokenizer({ ...own, post_processor: addingBos(String(config.bos_token), id) }, config);
    const source = "{% for m in messages %}{{ m.role + ': ' + m.content }}{% endfor %}";
    expect(promptIds(eager, chatTemplate(source, specialTokens(config)).render(question))).not.toContain(id);
  });
});
