import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '#domain';
import { outputParts } from '../../src/views/parts/outputPieces.ts';

function graded(output: string, answer: string, rejected: readonly string[] = []): Verdict {
  const candidate = (text: string) => {
    const start = output.lastIndexOf(text);
    return { span: { start, end: start + text.length }, text };
  };
  return {
    kind: 'graded',
    correct: true,
    answer: candidate(answer),
    commitment: 'phrase',
    rejected: rejected.map((text) => ({ ...candidate(text), because: 'negated' })),
    notes: [],
  };
}

/** "said: text" for each part, with [answer] and (rejected) marked. */
function shown(output: string, verdict: Verdict | null = null): string[] {
  return outputParts(output, verdict).map(({ kind, open, pieces }) => {
    const text = pieces.map(({ text, mark }) =>
      mark === null ? text : mark.kind === 'answer' ? `[${text}]` : `(${text})`,
    );
    return `${kind}${open ? ' (open)' : ''}: ${text.join('')}`;
  });
}

describe('outputParts', () => {
  it('marks the answer and what was not taken', () => {
    const output = 'Not 12 but 15: the answer is 15.';
    expect(shown(output, graded(output, '15', ['12']))).toEqual(['said: Not (12) but 15: the answer is [15].']);
  });

  it('shows thinking apart, closed, nested, begun in the prompt or never ended', () => {
    expect(shown('<think>a</think>\n\nb')).toEqual(['thinking: a', 'said: b']);
    expect(shown('<think>a<think>b</think>c</think>d')).toEqual([
      'thinking: a',
      'thinking: b',
      'thinking: c',
      'said: d',
    ]);
    expect(shown('a</think>b')).toEqual(['thinking: a', 'said: b']);
    expect(shown('<THINK>a')).toEqual(['thinking (open): a']);
  });

  it('shows thinking that the prompt had begun, ended or not', () => {
    const parts = (output: string): string[] =>
      outputParts(output, null, [], true).map(
        ({ kind, open, pieces }) => `${kind}${open ? ' (open)' : ''}: ${pieces.map(({ text }) => text).join('')}`,
      );
    expect(parts('3 + 4 is 7\n</think>\n\n7')).toEqual(['thinking: 3 + 4 is 7', 'said: 7']);
    expect(parts('3 + 4 is')).toEqual(['thinking (open): 3 + 4 is']);
    expect(parts('')).toEqual([]);
  });

  it.each([
    ['gpt-oss', '<|channel|>analysis<|message|>3 + 4<|end|><|start|>assistant<|channel|>final<|message|>7'],
    ['gpt-oss without its marks', 'analysis3 + 4assistantfinal7'],
    ['Gemma 4', '<|channel>thought\n3 + 4\n<channel|>7'],
    ['Magistral', '[THINK]3 + 4[/THINK]7'],
    ['Kimi', '◁think▷3 + 4◁/think▷7'],
    ['EXAONE', '<thought>\n3 + 4\n</thought>\n\n7'],
  ])('shows the thinking of %s apart, without its marks', (_, output) => {
    expect(shown(output)).toEqual(['thinking: 3 + 4', 'said: 7']);
  });

  it('leaves an output without tags as it is, blank lines included', () => {
    expect(shown('\n 58,159,881 \n')).toEqual(['said: \n 58,159,881 \n']);
    expect(shown(' \n')).toEqual([]);
  });

  it('marks the answer where a rejected candidate overlaps it, and no span that is out of place', () => {
    const output = '581.6亿元';
    expect(shown(output, graded(output, '581.6亿元', ['581.6']))).toEqual(['said: [581.6亿元]']);
    const beyond: Verdict = { ...graded('5', '5'), kind: 'graded', correct: true } as Verdict & { kind: 'graded' };
    expect(shown('', beyond)).toEqual([]);
  });

  it('loses no character but tags and blank edges, whatever a model writes', () => {
    const word = fc.constantFrom('<think>', '</think>', 'b', '7', '\n', ' ', '亿', '<', 'think>');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const output = words.join('');
        const kept = outputParts(output, null).flatMap(({ pieces }) => pieces.map(({ text }) => text));
        const squeezed = (text: string): string => text.replace(/\s/g, '');
        expect(squeezed(kept.join(''))).toBe(squeezed(output.replace(/<\/?think>/g, '')));
      }),
    );
  });
});
