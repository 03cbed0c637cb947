import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bandwidthShare, readPerToken } from '#domain';
import { embeddedFolder } from '../browser/golden.ts';

const llama = {
  model_type: 'llama',
  ...{ hidden_size: 576, intermediate_size: 1536, num_hidden_layers: 30, vocab_size: 49_152 },
  ...{ num_attention_heads: 9, num_key_value_heads: 3 },
};

describe('what a token reads', () => {
  test('all parameters of a model whose embedding is its output layer: SmolLM2-135M has 134,515,008 with its norms', () => {
    const read = readPerToken(llama, 'fp32');
    const norms = (30 * 2 + 1) * 576;
    expect((read?.weights ?? NaN) / 4 + norms).toBe(134_515_008);
    // 2 · 30 layers · 3 heads · 64 numbers of 4 bytes
    expect(read?.perContextToken).toBe(46_080);
  });

  test('the embedded model: its file is hardly larger', () => {
    const config: unknown = JSON.parse(readFileSync(join(embeddedFolder, 'config.json'), 'utf8'));
    const weights = readPerToken(config, 'fp32')?.weights ?? NaN;
    const file = readFileSync(join(embeddedFolder, 'onnx', 'model.onnx')).length;
    expect(weights / file).toBeGreaterThan(0.9);
    expect(weights / file).toBeLessThan(1);
  });

  test('fewer bits, fewer bytes; 16-bit builds cache 16 bits', () => {
    const whole = readPerToken(llama, 'fp32')?.weights ?? NaN;
    expect((readPerToken(llama, 'q4')?.weights ?? NaN) / whole).toBe(5 / 32);
    expect((readPerToken(llama, 'q4f16')?.weights ?? NaN) / whole).toBe(4.5 / 32);
    expect(readPerToken(llama, 'fp16')?.perContextToken).toBe(23_040);
  });

  test.each([
    ['a build whose bits are not known', llama, 'bnb7'],
    ['experts, of which only some are read', { ...llama, model_type: 'mixtral' }, 'q4'],
    ['a size that is missing', { ...llama, intermediate_size: undefined }, 'q4'],
    ['no configuration', null, 'q4'],
  ])('is not known of %s', (_, config, quantisation) => {
    expect(readPerToken(config, quantisation)).toBeNull();
  });
});

test('a model of 1 GB at 20 tokens a second uses 40 % of 50 GB/s, and with as much cache 80 %', () => {
  const read = { weights: 1e9, perContextToken: 1e6 };
  expect(bandwidthShare(20, read, 50e9, 0)).toBeCloseTo(0.4, 12);
  expect(bandwidthShare(20, read, 50e9, 1_000)).toBeCloseTo(0.8, 12);
});
