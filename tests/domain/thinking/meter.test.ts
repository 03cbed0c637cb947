import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findThinking, opensThinking } from '#domain';
import { ThinkingMeter } from '../../../src/domain/thinking/meter.ts';

/** One token for each text. */
function read(tokens: readonly string[], opened = false): ThinkingMeter {
  const meter = new ThinkingMeter(opened);
  for (const token of tokens) meter.add(token, 1);
  return meter;
}

const characters = (text: string): string[] => [...text];

describe('thinking is counted', () => {
  test.each([
    ['tags of one token', ['<think>', 'a', 'b', '</think>', '7'], false, 4],
    ['tags in pieces', characters('<think>ab</think>7'), false, 17],
    ['begun by the prompt', ['a', 'b', '</think>', '7', '8'], true, 3],
    ['begun by the prompt and again by the model', ['<think>', 'a', '</think>', '7'], true, 3],
    ['without the first tag, which some templates leave to nobody', ['a', 'b', '</think>', '7'], false, 3],
    ['twice', ['<think>', 'a', '</think>', '7', '<think>', 'b', '</think>', '8'], false, 6],
    ['channels', ['<|channel|>analysis<|message|>', 'a', '<|end|>', '<|channel|>final<|message|>', '7'], false, 4],
    ['the channel of Gemma 4', ['<|channel>thought', '\n', 'a', '<channel|>', '7'], false, 4],
  ])('%s', (_, tokens, opened, count) => {
    expect(read(tokens, opened).end('stop', tokens.length)).toEqual({ tokens: count, cut: false });
  });

  test.each([
    ['no thinking', ['7'], false],
    ['an empty block, as with thinking off', ['<think>', '\n\n', '</think>', '\n\n', '7'], false],
    ['a tag that is spoken of', characters('Use the <think> tag: 7'), false],
  ])('not: %s', (_, tokens, opened) => {
    expect(read(tokens, opened).end('stop', null)).toBeNull();
  });

  test('several tokens may come as one text, whole characters only', () => {
    const meter = new ThinkingMeter(true);
    meter.add('腾', 3);
    meter.add('讯</think>', 4);
    meter.add('7', 1);
    expect(meter.end('stop', 9)).toEqual({ tokens: 7, cut: false });
    expect(meter.tokens).toBe(8);
  });

  test('a server that sends several tokens in one piece: thinking has its share of what it counted', () => {
    expect(read(['<think>abc', 'd</think>', '7', '8'], false).end('stop', 40)).toEqual({ tokens: 20, cut: false });
  });
});

describe('a budget is spent', () => {
  const limits = { thinking: 3, answer: 2 };

  test('by thinking: at its last token, and only while it goes on', () => {
    expect(read(['<think>', 'a']).isSpent(limits)).toBe(false);
    const spent = read(['<think>', 'a', 'b']);
    expect(spent.isSpent(limits)).toBe(true);
    expect(spent.end('length', null)).toEqual({ tokens: 3, cut: true });
    expect(read(['<think>', 'a', '</think>']).isSpent(limits)).toBe(false);
  });

  test('by the answer, of which thinking takes nothing', () => {
    const long = ['<think>', 'a', '</think>'];
    expect(read([...long, '7']).isSpent(limits)).toBe(false);
    const spent = read([...long, '7', '8']);
    expect(spent.isSpent(limits)).toBe(true);
    expect(spent.end('length', null)).toEqual({ tokens: 3, cut: false });
  });

  test('by an answer without thinking', () => {
    expect(read(['7']).isSpent(limits)).toBe(false);
    expect(read(['7', '8']).isSpent(limits)).toBe(true);
  });
});

test('wherever tokens cut the text, what is being written is what the whole output shows', () => {
  const word = fc.constantFrom(
    '<think>',
    '</think>',
    '<|channel>thought',
    '<channel|>',
    '[THINK]',
    '[/THINK]',
    '7\n',
    '>',
  );
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      (words, size, opened) => {
        const text = words.join('');
        const tokens = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const meter = read(tokens, opened);
        const { unclosed } = findThinking(text, opened);
        expect(meter.isSpent({ thinking: 0, answer: Infinity })).toBe(unclosed);
        expect(meter.output).toBe(text);
      },
    ),
  );
});

test('following a long output takes about as long as reading it', () => {
  const begun = performance.now();
  const meter = new ThinkingMeter(true);
  for (let n = 0; n < 30_000; n += 1) meter.add(n % 50 === 0 ? 'a > b\n' : ' word', 1);
  expect(meter.end('length', null)).toEqual({ tokens: 30_000, cut: true });
  expect(performance.now() - begun).toBeLessThan(3_000);
});

test.each([
  ['<|im_start|>assistant\n<think>\n', true],
  ['<｜Assistant｜><think>\n', true],
  ['<|turn>model\n<|channel>thought\n', true],
  ['<|im_start|>assistant\n<think>\n\n</think>\n\n', false],
  ['<|im_start|>assistant\n', false],
  ['Explain <think> to me.<|im_end|>\n<|im_start|>assistant\n', false],
  ['', false],
])('%j opens a block: %s', (prompt, opens) => {
  expect(opensThinking(prompt)).toBe(opens);
});
