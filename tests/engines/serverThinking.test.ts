/** How a server is told whether to think, and what its thinking becomes in a run. */
import { afterEach, describe, expect, test } from 'vitest';
import type { GenerateEvent, ThinkingMode } from '#domain';
import { flavours, says, type Reply } from '../fixtures/servers/index.ts';
import { closeStages, never, question, stage } from './serverStage.ts';

afterEach(closeStages);

type Flavour = Parameters<typeof stage>[0]['flavour'];

const SWITCHED =
  '{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}';

const ollamaWith = (capabilities: readonly string[]): Flavour => ({
  ...flavours.ollama,
  post: { '/api/show': { capabilities } },
});

const llamaWith = (template: string): Flavour => {
  const props = { ...flavours.llamaServer.get['/props'], chat_template: template };
  return { ...flavours.llamaServer, get: { ...flavours.llamaServer.get, '/props': props } };
};

async function ask(flavour: Flavour, thinking: ThinkingMode | undefined, reply: Reply = says('Paris.')) {
  const { load, server } = await stage({ flavour, answer: () => reply });
  const model = await load();
  const prompt = await model.render(question, thinking);
  const events: GenerateEvent[] = [];
  const request = {
    messages: question,
    prompt,
    maxTokens: 32,
    sampling: { kind: 'greedy' },
    ...(thinking === undefined ? {} : { thinking }),
  } as const;
  for await (const event of model.generate(request, never)) events.push(event);
  const asked = server.seen.find(({ path }) => path.endsWith('/completions'))?.body ?? {};
  return { model, prompt, asked, events };
}

describe('a server is told', () => {
  test.each([
    ['on', true],
    ['off', false],
  ] as const)('vLLM, by variables of the chat template: %s', async (mode, value) => {
    const { model, asked } = await ask(flavours.vllm, mode);
    expect(model.thinking).toBe('server');
    expect(asked.chat_template_kwargs).toEqual({ enable_thinking: value, thinking: value });
  });

  test.each([
    ['on', 'medium'],
    ['off', 'none'],
  ] as const)('Ollama, by an effort: %s', async (mode, effort) => {
    const { model, asked } = await ask(ollamaWith(['completion', 'thinking']), mode);
    expect(model.thinking).toBe('server');
    expect(asked.reasoning_effort).toBe(effort);
  });

  test('llama-server, by our own rendering with its template', async () => {
    const on = await ask(llamaWith(SWITCHED), 'on');
    expect(on.model.thinking).toBe('template');
    expect(on.prompt).toMatch(/<assistant>$/);
    expect(on.asked).not.toHaveProperty('chat_template_kwargs');
    const off = await ask(llamaWith(SWITCHED), 'off');
    expect(off.prompt).toMatch(/<assistant><think>\n\n<\/think>\n\n$/);
  });
});

describe('a server is not told', () => {
  test('where nothing was asked', async () => {
    const { asked } = await ask(flavours.vllm, undefined);
    expect(asked).not.toHaveProperty('chat_template_kwargs');
  });

  test.each([
    ['LM Studio', flavours.lmStudio],
    ['an unknown program', flavours.plain],
  ])('where it has no field for it: %s decides by itself', async (_, flavour) => {
    const { model, asked } = await ask(flavour, 'off');
    expect(model.thinking).toBe('unheard');
    expect(Object.keys(asked)).not.toEqual(expect.arrayContaining(['chat_template_kwargs']));
    expect(asked).not.toHaveProperty('reasoning_effort');
  });

  test('where the model cannot think: Ollama would refuse the question', async () => {
    const { model, asked } = await ask(ollamaWith(['completion']), 'on');
    expect(model.thinking).toBeUndefined();
    expect(asked).not.toHaveProperty('reasoning_effort');
  });

  test('where Ollama does not say what the model can', async () => {
    const { model } = await ask(flavours.ollama, 'on');
    expect(model.thinking).toBe('unheard');
  });

  test('where llama-server has a template that does not speak of thinking', async () => {
    const { model } = await ask(flavours.llamaServer, 'on');
    expect(model.thinking).toBeUndefined();
  });
});

test('thinking in a field of its own is thinking in the output', async () => {
  const thinking = { field: 'reasoning_content', tokens: ['I ', 'know.'] } as const;
  const { events } = await ask(flavours.vllm, 'on', says('Paris.', { thinking }));
  expect(events.at(-1)).toMatchObject({ type: 'done', output: '<think>I know.</think>\n\nParis.' });
});
