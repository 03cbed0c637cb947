import { describe, expect, test } from 'vitest';
import { FailureError, type FileSource, type ModelFile } from '#domain';
import { modelFiles } from '../../src/engines/worker/files.ts';

const source: FileSource = { kind: 'blobs', files: { 'config.json': new Blob(['{"a":1}']) } };
const config: ModelFile = { path: 'config.json', bytes: 7, sha256: '' };

function open(files: readonly ModelFile[] | null) {
  const seen: [string, number][] = [];
  return { seen, files: modelFiles(source, { files, onBytes: (path, bytes) => seen.push([path, bytes]) }) };
}

describe('the files of a model', () => {
  test('are read and counted', async () => {
    const { seen, files } = open([config]);
    expect(await files.text('config.json')).toBe('{"a":1}');
    expect(seen).toEqual([['config.json', 7]]);
  });

  test('that the card does not list are not looked for', async () => {
    expect((await open([]).files.open('config.json')).status).toBe(404);
  });

  test('that nobody listed are tried', async () => {
    expect((await open(null).files.open('absent.json')).status).toBe(404);
    expect((await open(null).files.open('config.json')).status).toBe(200);
  });

  test('that are listed and not there are missing, and loading is told', async () => {
    const { files } = open([{ ...config, path: 'tokenizer.json' }]);
    await expect(files.open('tokenizer.json')).rejects.toMatchObject({ failure: { code: 'files-missing' } });
    await expect(files.broken).rejects.toThrow(FailureError);
  });

  test.each([6, 8])('with %i bytes instead of 7 are corrupt, and loading is told', async (bytes) => {
    const { files } = open([{ ...config, bytes }]);
    await expect(files.text('config.json')).rejects.toThrow();
    await expect(files.broken).rejects.toMatchObject({ failure: { code: 'file-corrupt' } });
  });
});
