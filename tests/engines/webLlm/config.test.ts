import { describe, expect, test } from 'vitest';
import { settingsFrom } from '../../../src/engines/webLlm/worker/config.ts';

const template = { name: 'qwen2', seps: ['x'], stop_token_ids: [7] };

describe('the context', () => {
  test.each([
    ['what was asked for', 32_768, 1024, 1024],
    ['never more than the model has', 2048, 8192, 2048],
    ['4,096 where nobody asked', 131_072, null, 4096],
    ['all of a shorter one where nobody asked', 2048, null, 2048],
  ])('is %s', (_, own, wanted, length) => {
    const { contextLength, overrides } = settingsFrom({ context_window_size: own, conv_template: template }, wanted);
    expect(contextLength).toBe(length);
    expect(overrides.context_window_size).toBe(length);
  });

  test('of a sliding window stays the file’s', () => {
    const { contextLength, overrides } = settingsFrom({ context_window_size: -1, conv_template: template }, null);
    expect(contextLength).toBe(4096);
    expect(overrides).not.toHaveProperty('context_window_size');
  });
});

test.each([
  [undefined, [7]],
  [null, [7]],
  [8, [7, 8]],
  [
    [7, 9],
    [7, 9],
  ],
])('a token that either part of the file calls the end is one: %j', (eos, ids) => {
  const config = { context_window_size: 4096, eos_token_id: eos, conv_template: template };
  expect(settingsFrom(config, null).overrides.conv_template).toEqual({ ...template, stop_token_ids: ids });
});

test('a file of another shape is corrupt', () => {
  expect(() => settingsFrom({ context_window_size: 4096 }, null)).toThrow(/^file-corrupt: mlc-chat-config.json: /);
});
