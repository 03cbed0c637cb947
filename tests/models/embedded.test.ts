import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contextLengthOf } from '#domain';
import { embeddedFiles, embeddedModel } from '#models';

const folder = join(import.meta.dirname, '..', '..', 'public', 'models', 'embedded');

test('the card of the embedded model names exactly the files that ship', () => {
  for (const { path, bytes, sha256 } of embeddedModel.ref.files) {
    const content = readFileSync(join(folder, path));
    expect({ path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }).toEqual({
      path,
      bytes,
      sha256,
    });
  }
  const config: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  expect(contextLengthOf(config)).toBe(embeddedModel.contextLength);
  expect(embeddedModel.bytes).toBe(6_826_877);
});

test.each([
  ['https://example.test/', 'https://example.test/models/embedded/'],
  ['https://example.test/some/path/', 'https://example.test/some/path/models/embedded/'],
  ['https://example.test/some/path/index.html', 'https://example.test/some/path/models/embedded/'],
])('under %s its files are at %s', (page, base) => {
  expect(embeddedFiles(page)).toEqual({ kind: 'url', base });
});
