import { describe, expect, it } from 'vitest';
import { messagesFor, type Item, type Suite } from '#domain';
import { plainSuite } from '../fixtures/plainSuite.ts';

const item: Item = {
  id: 'a',
  language: 'en',
  passage: 'p',
  question: 'Costs $$5 or $& or {passage}?',
  gold: { value: '5', unit: '' },
  proof: { kind: 'expression', expression: '5' },
  tags: [],
};

function suite(change: Partial<Suite> = {}): Suite {
  return plainSuite([item], {
    prompt: { withPassage: { en: '{passage}\n{question}' }, withoutPassage: { en: 'Q: {question}' } },
    maxTokens: 8,
    passages: [{ id: 'p', language: 'en', text: 'tab\there, {question} and $1' }],
    ...change,
  });
}

describe('messagesFor', () => {
  it('fills the template once: what stands in passage and question stays as it is', () => {
    expect(messagesFor(suite(), item)).toEqual([
      { role: 'user', content: 'tab\there, {question} and $1\nCosts $$5 or $& or {passage}?' },
    ]);
  });

  it('sends no system text unless the suite has one for the language', () => {
    const { prompt } = suite();
    const withSystem = suite({ prompt: { ...prompt, system: { 'zh-Hans': '你好' } } });
    expect(messagesFor(withSystem, item).map((x) => x.role)).toEqual(['user']);
    const english = suite({ prompt: { ...prompt, system: { en: 'Be brief.' } } });
    expect(messagesFor(english, item)[0]).toEqual({ role: 'system', content: 'Be brief.' });
  });

  it('uses the other template for an item without a passage', () => {
    const alone: Item = { ...item, question: '1+1?' };
    delete (alone as { passage?: string }).passage;
    expect(messagesFor(suite(), alone)[0]?.content).toBe('Q: 1+1?');
  });

  it('names suite, item and language where the template has no text', () => {
    expect(() => messagesFor(suite(), { ...item, language: 'zh-Hant' })).toThrow('s/a: no prompt template for zh-Hant');
    expect(() => messagesFor(suite({ passages: [] }), item)).toThrow('s: no passage p');
  });
});
