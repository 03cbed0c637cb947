import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

function packageJson(path: string): { readonly dependencies: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof packageJson>;
}

test('the runtime’s files that we serve are of the version that transformers.js was made for', () => {
  const ours = packageJson('package.json').dependencies['onnxruntime-web'];
  const theirs = packageJson('node_modules/@huggingface/transformers/package.json').dependencies['onnxruntime-web'];
  expect(ours).toBe(theirs);
});
