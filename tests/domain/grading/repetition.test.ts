import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gold } from '#domain';
import { withoutRepetition } from '../../../src/domain/extract/text/repetition.ts';
import { grade, graderFor } from '../../../src/domain/graders/index.ts';
import { HOSTILE } from '../../../tools/grade/hostile.ts';

const input = { language: 'en', question: 'What was revenue in 2024?', finish: 'stop' } as const;

describe('what an output repeats beyond measure', () => {
  it('is taken out; each unit that stays knows its place', () => {
    const words = fc.array(
      fc.record({ piece: fc.string({ minLength: 1, maxLength: 30 }), times: fc.integer({ min: 1, max: 900 }) }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(words, (parts) => {
        const output = parts.map(({ piece, times }) => piece.repeat(times)).join('');
        const shortened = withoutRepetition(output);
        const { text } = shortened;
        let readBack = '';
        for (let i = 0; i < text.length; i++) {
          const span = shortened.original({ start: i, end: i + 1 });
          readBack += output.slice(span.start, span.end);
        }
        expect(readBack).toBe(text);
      }),
    );
  });

  it('leaves a long text that says something new with every sentence', () => {
    const text = Array.from({ length: 900 }, (_, n) => `Step ${n}: ${n} and ${n + 3} make ${2 * n + 3}.\n`).join('');
    expect(withoutRepetition(text).text).toBe(text);
  });

  it('shortens a loop behind other text and keeps its beginning and its end', () => {
    const before = Array.from({ length: 200 }, (_, n) => `Item ${n} costs ${n * n}. `).join('');
    const output = `${before}${'The total is 12. '.repeat(2000)}So it is 15.`;
    const { text } = withoutRepetition(output);
    expect(text.length).toBeLessThan(before.length + 3000);
    expect(text.startsWith(`${before}The total is 12. The`)).toBe(true);
    expect(text.endsWith('The total is 12. So it is 15.')).toBe(true);
  });

  it.each(['<think>', '[THINK]', '<reasoning>\n'])('keeps %j and its end in balance', async (opens) => {
    const closes = opens.replace(/^./, (bracket) => `${bracket}/`);
    const output = `${`${opens}hm `.repeat(1000)}${closes.repeat(1000)}The answer is 18.`;
    const { verdict } = await grade({ ...input, output, gold: { value: '18', unit: '' } });
    expect(verdict).toMatchObject({ kind: 'graded', correct: true, answer: { text: '18' } });
    const unclosed = output.replace(closes, '');
    expect((await grade({ ...input, output: unclosed, gold: { value: '18', unit: '' } })).verdict).toMatchObject({
      kind: 'noAnswer',
      reason: 'unclosed-thinking',
    });
  });

  it('shows the answer where it stands in the output', async () => {
    const output = `${'I count again. '.repeat(1000)}The answer is 18.`;
    const { verdict } = await grade({ ...input, output, gold: { value: '18', unit: '' } });
    const start = output.indexOf('18');
    expect(verdict).toMatchObject({ answer: { span: { start, end: start + 2 }, text: '18' } });
  });
});

const GOLDS: readonly Gold[] = [
  { value: '58159881', unit: 'CNY:thousand' },
  { value: '5', unit: '' },
  { value: '北京', unit: 'text' },
  { value: 'B', unit: 'choice' },
];

describe('the verdict on the whole output is the one on the shortened output', () => {
  it.each(HOSTILE.map((piece) => [JSON.stringify(piece), piece] as const))('%s', async (_name, piece) => {
    const loop = piece.repeat(Math.ceil(6000 / piece.length));
    for (const output of [loop, `Wait, not 12. ${loop}`, `${loop}\n\nSo the answer is 5.`]) {
      for (const gold of GOLDS) {
        const whole = await (await graderFor(gold)).grade({ ...input, output, gold });
        const { verdict } = await grade({ ...input, output, gold });
        expect(verdict.kind).toBe(whole.kind);
        expect(verdict.kind === 'graded' && verdict.correct).toBe(whole.kind === 'graded' && whole.correct);
      }
    }
  });
});
