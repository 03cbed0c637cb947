import { beforeEach, describe, expect, it } from 'vitest';
import { decodeSuite, messagesFor, suiteHash, type ModelCard } from '#domain';
import { Models } from '../../src/app/models.svelte.ts';
import { Question } from '../../src/app/question.svelte.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const { model: ref } = runHeader('.').spec;
const card = (id: string): ModelCard => ({ ref: { ...ref, id }, contextLength: 100, parameters: null, bytes: 1 });
const cards = [card('a'), card('b'), card('c')];

const unused = (): never => {
  throw new Error('not part of this test');
};
const library = {
  list: () => Promise.resolve(cards),
  inspect: unused,
  import: unused,
  remove: unused,
  downloader: unused,
};

let question: Question;
beforeEach(async () => {
  const models = new Models(library);
  await models.refresh();
  question = new Question(models);
});

function suiteOf(change: Partial<Question['draft']>) {
  question.change({ question: 'How much?', gold: '5', unit: '', ...change });
  const suite = question.suite();
  if (suite === null) throw new Error('no suite');
  return suite;
}

describe('Question', () => {
  it('makes a suite of one item that the decoder takes, and sends the passage as it stands', () => {
    const passage = '收入\t\n2024年\t58,159,881\n';
    const suite = suiteOf({ passage, question: ' 2024年收入 ', gold: '58159881', unit: 'CNY:thousand' });
    expect(decodeSuite(JSON.parse(JSON.stringify(suite)))).toEqual({ ok: true, suite });
    expect(suite.items).toHaveLength(1);
    expect(suite.items[0]?.gold).toEqual({ value: '58159881', unit: 'CNY:thousand' });
    const [item] = suite.items;
    expect(item && messagesFor(suite, item)).toEqual([{ role: 'user', content: `${passage}\n\n2024年收入` }]);
  });

  it('is the same suite when the same is asked again, and another one when anything is different', () => {
    const suites = [{}, {}, { gold: '6' }, { unit: 'percent' }, { unit: null }, { passage: 'x' }].map((change) =>
      suiteOf({ passage: '', ...change }),
    );
    for (const names of [suites.map(suiteHash), suites.map(({ id }) => id)]) {
      expect(names[0]).toBe(names[1]);
      expect(new Set(names).size).toBe(names.length - 1);
    }
  });

  it('tells the language by the script', () => {
    const language = (words: string) => suiteOf({ question: words }).items[0]?.language;
    expect(language('How much?')).toBe('en');
    expect(language('2024年收入是多少？')).toBe('zh-Hans');
    expect(language('2024年銷售額是多少？')).toBe('zh-Hant');
  });

  it('asks an example unchanged as the suite that it is, and a changed one as a suite of its own', () => {
    const example = sampleSuite();
    question.fill(example);
    expect(question.suite()).toBe(example);
    question.change({ gold: '6' });
    expect(question.suite()?.id).toMatch(/^question-/);
    question.change({ gold: '5' });
    expect(question.suite()).toBe(example);
  });

  it('is no suite while question or answer are missing', () => {
    expect(question.suite()).toBeNull();
    question.change({ question: 'How much?' });
    expect(question.suite()).toBeNull();
  });

  it('asks the first model until others are chosen, in the order of the list', () => {
    const ids = () => question.models.map((model) => model.ref.id);
    expect(ids()).toEqual(['a']);
    question.choose(card('c'), true);
    question.choose(card('b'), true);
    expect(ids()).toEqual(['a', 'b', 'c']);
    for (const id of ['a', 'b', 'c']) question.choose(card(id), false);
    expect(ids()).toEqual([]);
  });
});
