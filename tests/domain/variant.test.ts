import { describe, expect, it } from 'vitest';
import { askedAs, decodeSuite, messagesFor, suiteHash, variantsOf, type Item, type Suite } from '#domain';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const withoutPassage = { en: 'Q: {question}', 'zh-Hant': '問：{question}' };

function withVariants(): Suite {
  return {
    ...sampleSuite(),
    variants: [
      {
        id: 'step-by-step',
        prompt: { withPassage: { en: '{passage}\nSlowly: {question}' }, withoutPassage },
        maxTokens: 400,
      },
      { id: 'closed-book', prompt: { withoutPassage }, maxTokens: 40 },
    ],
  };
}

const onPassage = (suite: Suite): Item => suite.items.find(({ passage }) => passage !== undefined)!;

describe('the ways of asking a suite', () => {
  it('are plain alone where the suite names no others', () => {
    expect(variantsOf(sampleSuite())).toEqual([{ id: 'plain', maxTokens: 96 }]);
    expect(() => askedAs(sampleSuite(), 'few-shot')).toThrow('reading: no prompt variant few-shot');
  });

  it('have budgets and templates of their own', () => {
    const suite = withVariants();
    expect(variantsOf(suite).map(({ id, maxTokens }) => [id, maxTokens])).toEqual([
      ['plain', 96],
      ['step-by-step', 400],
      ['closed-book', 40],
    ]);
    const item = onPassage(suite);
    expect(messagesFor(suite, item)[0]?.content).toBe(messagesFor(sampleSuite(), item)[0]?.content);
    expect(messagesFor(suite, item, 'step-by-step')[0]?.content).toBe(
      'The cat sleeps on the roof.\nSlowly: Where does the cat sleep?',
    );
  });

  it('leave the passage out in the closed book', () => {
    const suite = withVariants();
    expect(messagesFor(suite, onPassage(suite), 'closed-book')[0]?.content).toBe('Q: Where does the cat sleep?');
  });

  it('change the hash of the suite', () => {
    expect(suiteHash(withVariants())).not.toBe(suiteHash(sampleSuite()));
  });
});

describe('decodeSuite on variants', () => {
  it('takes them, and a suite without any', () => {
    for (const suite of [withVariants(), sampleSuite()]) expect(decodeSuite(suite)).toEqual({ ok: true, suite });
  });

  const [steps, closed] = withVariants().variants!;
  it.each<[string, unknown]>([
    ['variants[0].id: not-allowed', [{ ...steps, id: 'plain' }]],
    ['variants[1].id: duplicate-id', [steps, steps]],
    ['variants[0].maxTokens: out-of-range', [{ ...steps, maxTokens: 0 }]],
    ['variants[0].prompt.withPassage: unknown-key', [{ ...closed, prompt: steps?.prompt }]],
    [
      'variants[0].prompt.withPassage.en: placeholder-missing',
      [{ ...steps, prompt: { ...steps?.prompt, withPassage: { en: 'Slowly: {question}' } } }],
    ],
    [
      'variants[0].prompt.withoutPassage: template-missing',
      [{ ...closed, prompt: { withoutPassage: { 'zh-Hant': '{question}' } } }],
    ],
  ])('refuses %s', (problem, variants) => {
    const decoded = decodeSuite({ ...sampleSuite(), variants });
    expect(decoded.ok ? [] : decoded.problems.map(({ path, code }) => `${path}: ${code}`)).toContain(problem);
  });
});
