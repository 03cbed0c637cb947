import { describe, expect, test } from 'vitest';
import { modelFiles } from '../../../src/engines/worker/files.ts';
import { MODEL_URL, modelCaches } from '../../../src/engines/webLlm/worker/store.ts';

const CONTENTS: Readonly<Record<string, string>> = {
  'mlc-chat-config.json': '{"a":1}',
  'tensor-cache.json': '{"records":[]}',
  'params_shard_0.bin': 'weights',
  'lib/tiny q4.wasm': 'library',
};

function opened(contents: Readonly<Record<string, string>> = CONTENTS) {
  const blobs = Object.fromEntries(Object.entries(contents).map(([path, text]) => [path, new Blob([text])]));
  const files = Object.entries(contents).map(([path, text]) => ({ path, bytes: text.length, sha256: '' }));
  const store = modelFiles({ kind: 'blobs', files: blobs }, { files, onBytes: () => undefined });
  return modelCaches(
    store,
    files.map(({ path }) => path),
  ).open('webllm/model');
}

const at = (path: string): Request => new Request(new URL(path, MODEL_URL));

test('every file is found under the address that web-llm gives it', async () => {
  const cache = await opened();
  for (const [path, text] of Object.entries(CONTENTS)) expect(await (await cache.match(at(path)))?.text()).toBe(text);
});

test('all files are among the keys, so that nothing is taken for missing', async () => {
  const keys = (await (await opened()).keys()).map(({ url }) => url);
  for (const path of Object.keys(CONTENTS)) expect(keys).toContain(new URL(path, MODEL_URL).href);
});

describe('the list of weights', () => {
  test.each(['tensor-cache.json', 'ndarray-cache.json'])(
    'of a folder with the other name is found as %s',
    async (name) => {
      for (const kept of ['tensor-cache.json', 'ndarray-cache.json']) {
        const cache = await opened({ [kept]: 'list' });
        expect(await (await cache.match(at(name)))?.text()).toBe('list');
      }
    },
  );
});

test('what is not there is never fetched: it fails by name', async () => {
  const cache = await opened();
  expect(await cache.match(at('tokenizer.json'))).toBeUndefined();
  await expect(cache.add(at('tokenizer.json'))).rejects.toMatchObject({
    failure: { code: 'files-missing', detail: 'tokenizer.json' },
  });
});

test('another address is not taken for a file of the model', async () => {
  const cache = await opened();
  expect(await cache.match('https://huggingface.co/x/resolve/main/mlc-chat-config.json')).toBeUndefined();
});

test('a shard that is cut fails instead of being loaded', async () => {
  const files = modelFiles(
    { kind: 'blobs', files: { 'params_shard_0.bin': new Blob(['wei']) } },
    { files: [{ path: 'params_shard_0.bin', bytes: 7, sha256: '' }], onBytes: () => undefined },
  );
  const cache = await modelCaches(files, ['params_shard_0.bin']).open('webllm/model');
  const response = await cache.match(at('params_shard_0.bin'));
  await expect(response?.arrayBuffer()).rejects.toMatchObject({ failure: { code: 'file-corrupt' } });
});
