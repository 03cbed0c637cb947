/** A run of a model that thinks, with the scripted engine and the real graders. */
import { describe, expect, it } from 'vitest';
import { runSuite, type ItemRecord, type RunHeader, type RunThinking } from '#domain';
import { grade } from '#domain/grading';
import { memoryResultStore } from '#storage';
import {
  byQuestion,
  says,
  scriptedEngine,
  thinks,
  type Scenario,
  type ScriptedAnswer,
} from '../../src/engines/scripted/index.ts';
import { plainSuite } from '../fixtures/plainSuite.ts';
import { runHeader } from '../fixtures/runs.ts';

const QUESTION = 'What is 3 + 4?';
const MAX_TOKENS = 8;
const BUDGET = 20;

const suite = plainSuite(
  [0, 1].map((n) => ({
    id: `i${n}`,
    question: n === 0 ? QUESTION : 'And 2 + 2?',
    gold: { value: n === 0 ? '7' : '4', unit: '' },
    proof: { kind: 'expression', expression: n === 0 ? '3 + 4' : '2 + 2' },
  })),
  { maxTokens: MAX_TOKENS },
);

interface Outcome {
  readonly header: RunHeader;
  readonly record: ItemRecord;
  readonly asked: { readonly maxTokens: number; readonly prompt: string };
}

const ON: RunThinking = { mode: 'on', budget: BUDGET, control: 'template' };
const OFF: RunThinking = { mode: 'off', control: 'template' };

/** Asks the first item. */
async function outcome(
  answer: ScriptedAnswer,
  thinking: RunThinking | undefined,
  { opens = false }: { readonly opens?: boolean } = {},
): Promise<Outcome> {
  const asked = { maxTokens: 0, prompt: '' };
  const scenario: Scenario = {
    answer: (question) => {
      asked.prompt = question.prompt;
      return byQuestion({ [QUESTION]: answer })(question);
    },
    thinking: { control: 'template', opens },
  };
  const engine = scriptedEngine(scenario);
  const base = runHeader('.');
  const { spec } = base;
  const header: RunHeader = {
    ...base,
    spec: { ...spec, itemIds: ['i0'], maxTokens: MAX_TOKENS, ...(thinking === undefined ? {} : { thinking }) },
  };
  const model = await engine.load(
    { model: spec.model, device: 'scripted', onProgress: () => undefined },
    new AbortController().signal,
  );
  const watched = {
    ...model,
    environment: model.environment,
    contextLength: model.contextLength,
    templateHash: model.templateHash,
    render: model.render.bind(model),
    dispose: model.dispose.bind(model),
    generate: (request: Parameters<typeof model.generate>[0], signal: AbortSignal) => {
      asked.maxTokens = request.maxTokens;
      return model.generate(request, signal);
    },
  };
  const store = memoryResultStore();
  const ports = {
    store,
    grade,
    clock: { now: () => '2026-03-01T09:00:00.000Z', elapsed: () => performance.now() },
    isHidden: () => false,
  };
  let ended: RunHeader | null = null;
  const session = { header, suite, model: watched, reload: () => Promise.resolve(watched) };
  for await (const event of runSuite(session, ports, new AbortController().signal)) {
    if (event.type === 'ended') ended = event.header;
  }
  const record = await store.getItem(header.id, 0);
  if (ended === null || record === null) throw new Error('the run left nothing behind');
  return { header: ended, record, asked };
}

describe('thinking within its budget', () => {
  it('is counted apart, and the answer after it is graded', async () => {
    const { header, record, asked } = await outcome(thinks({ thinking: '3 plus 4', answer: '7' }), ON);
    expect(record.verdict).toMatchObject({ kind: 'graded', correct: true });
    expect(record.thinking).toEqual({ tokens: 10, cut: false });
    expect(record.usage?.outputTokens).toBe(11);
    expect(header.thinking).toEqual({ items: 1, tokens: 10, cutThinking: 0, cutAnswering: 0 });
    expect(asked.maxTokens).toBe(BUDGET + MAX_TOKENS);
  });

  it('takes nothing of the budget of the answer, which is longer than what is left of the sum', async () => {
    // 19 tokens of thinking and 8 of answer; a common budget of 8 would have ended it in the block.
    const answer = thinks({ thinking: 'a'.repeat(17), answer: 'It is 7.' });
    const { record } = await outcome(answer, ON);
    expect(record.thinking).toEqual({ tokens: 19, cut: false });
    expect(record.output.endsWith('</think>It is 7.')).toBe(true);
  });

  it('begins with the output where the prompt opens the block, and is shown by no tag', async () => {
    const answer = thinks({ thinking: '3 + 4 = 7', answer: '7', opened: true });
    const { record, asked } = await outcome(answer, ON, { opens: true });
    expect(asked.prompt).toMatch(/<think>\n$/);
    expect(record.output).toBe('3 + 4 = 7</think>7');
    expect(record.thinking).toEqual({ tokens: 10, cut: false });
    expect(record.verdict).toMatchObject({ kind: 'graded', correct: true, answer: { text: '7' } });
  });
});

describe('thinking over its budget', () => {
  const endless = 'so 7 it is, or 8, '.repeat(10);

  it('is cut: truncated while thinking, counted, and nothing in it is an answer', async () => {
    const { header, record } = await outcome(thinks({ thinking: endless, answer: '7' }), ON);
    expect(record.verdict).toMatchObject({ kind: 'truncated', where: 'thinking' });
    expect(record.finish).toBe('length');
    expect(record.thinking).toEqual({ tokens: BUDGET, cut: true });
    expect(record.output).toBe(`<think>${endless.slice(0, BUDGET - 1)}`);
    expect(record.usage).toEqual({ promptTokens: expect.any(Number) as number, outputTokens: BUDGET });
    expect(header.thinking).toEqual({ items: 1, tokens: BUDGET, cutThinking: 1, cutAnswering: 0 });
    expect(header.verdicts).toBe('t');
  });

  it('is cut as well where no tag shows it, because the prompt has it', async () => {
    const answer = thinks({ thinking: endless, answer: '7', opened: true });
    const { record } = await outcome(answer, ON, { opens: true });
    expect(record.output).toBe(endless.slice(0, BUDGET));
    expect(record.verdict).toMatchObject({ kind: 'truncated', where: 'thinking' });
    expect(record.thinking).toEqual({ tokens: BUDGET, cut: true });
  });

  it('ends by itself without an answer: no answer, and not cut', async () => {
    const { record } = await outcome(says('<think>7?'), ON);
    expect(record.verdict).toMatchObject({ kind: 'noAnswer', reason: 'unclosed-thinking' });
    expect(record.thinking).toEqual({ tokens: 9, cut: false });
  });
});

describe('an answer over its budget', () => {
  it('is cut after the thinking: truncated while answering', async () => {
    const { header, record } = await outcome(thinks({ thinking: 'hm', answer: 'Let me tell you a story.' }), ON);
    expect(record.output).toBe('<think>hm</think>Let me t');
    expect(record.verdict).toMatchObject({ kind: 'truncated', where: 'answer' });
    expect(record.thinking).toEqual({ tokens: 4, cut: false });
    expect(header.thinking).toEqual({ items: 1, tokens: 4, cutThinking: 0, cutAnswering: 1 });
  });

  it('is cut at the same place where the model did not think at all', async () => {
    const { header, record } = await outcome(says('Let me tell you a story.'), ON);
    expect(record.output).toBe('Let me t');
    expect(record.thinking).toBeUndefined();
    expect(header.thinking).toBeUndefined();
  });
});

describe('thinking that is off', () => {
  it('is said in the prompt, and the engine gets the budget of the answer', async () => {
    const { record, asked } = await outcome(says('7'), OFF);
    expect(asked.prompt).toMatch(/<think>\n\n<\/think>\n\n$/);
    expect(asked.maxTokens).toBe(MAX_TOKENS);
    expect(record.verdict).toMatchObject({ kind: 'graded', correct: true });
    expect(record.thinking).toBeUndefined();
  });

  it('is counted where the model thinks all the same', async () => {
    const { record } = await outcome(thinks({ thinking: 'hm', answer: '7' }), OFF);
    expect(record.thinking).toEqual({ tokens: 4, cut: false });
  });
});

it('a run from before thinking was asked for leaves the template as it is', async () => {
  const { asked } = await outcome(says('7'), undefined, { opens: true });
  expect(asked.prompt).toMatch(/<assistant>$/);
  expect(asked.maxTokens).toBe(MAX_TOKENS);
});
