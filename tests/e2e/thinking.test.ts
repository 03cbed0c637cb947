/** Thinking from the Run page to the item: on a stand-in server, and with the embedded model under other templates. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ThinkingMode } from '#domain';
import { readRecord, type RunRecord } from '../../src/sharing/index.ts';
import type { EvalOptions } from '../../tools/eval/options.ts';
import { follow, prepare, saveRecord } from '../../tools/eval/page.ts';
import { flavours, says, standIn, type Asked, type Reply, type StandIn } from '../fixtures/servers/index.ts';
import { openSite, type Site } from './site.ts';
import { sumSuiteFile } from './sumSuite.ts';

let site: Site;
let folder: string;
const servers: StandIn[] = [];
beforeAll(async () => {
  site = await openSite();
  folder = mkdtempSync(join(tmpdir(), 'tabeval-thinking-'));
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await site.close();
});

/** Requests to the stand-ins are what the tests are about. */
const complaints = (): readonly string[] =>
  site.complaints.filter((words) => !/^http:\/\/127\.0\.0\.1:\d+\/v/.test(words));

const BUDGET = 20;
const long = 'so it may be 55, or 57, or '.split(' ');

/** Longer than an answer may be, and without one. */
const STORY =
  'Before one says anything, one should look at how such a question came about, who asked it, and why nobody did so earlier.';

/** The question's word decides what the server does; each text is a token. */
const REPLIES: Readonly<Record<string, (thinks: boolean) => Reply>> = {
  short: (thinks) => answered('The answer is 56.', thinks ? ['7 times 8', ' is 56.'] : []),
  endless: (thinks) => (thinks ? answered('56', [...long, ...long, ...long, ...long]) : answered('56')),
  talking: (thinks) => answered(STORY, thinks ? ['Hm.'] : []),
};

function answered(text: string, thinking: readonly string[] = []): Reply {
  if (thinking.length === 0) return says(text);
  return says(text, { thinking: { field: 'reasoning', tokens: thinking.map((word) => `${word} `) } });
}

/** vLLM with a model whose name says that it can be told to think or not. */
async function serve(): Promise<StandIn> {
  const server = await standIn({
    flavour: { ...flavours.vllm, models: [{ ...flavours.vllm.models[0], id: 'Qwen/Qwen3-0.6B' }] },
    answer: ({ prompt, body }: Asked) => {
      const told = body.chat_template_kwargs as { readonly enable_thinking: boolean };
      const reply = REPLIES[/\((\w+)\)/.exec(prompt)?.[1] ?? ''];
      if (reply === undefined) throw new Error(`not foreseen: ${prompt}`);
      return reply(told.enable_thinking);
    },
  });
  servers.push(server);
  return server;
}

const suiteFile = (): string => sumSuiteFile(folder, Object.keys(REPLIES), { id: 'thinking-test' });

async function run(page: Page, change: Pick<EvalOptions, 'model'> & Partial<EvalOptions>): Promise<RunRecord> {
  await page.goto(`${site.url}#/run`);
  await prepare(page, {
    suite: { kind: 'file', path: suiteFile() },
    build: null,
    variant: 'plain',
    device: 'wasm',
    limit: null,
    out: null,
    gpu: false,
    drawing: { sample: { kind: 'greedy' }, seed: 0, repeats: 1 },
    ...change,
  });
  const { phase, run: id } = await follow(page, () => undefined);
  if (phase !== 'finished') throw new Error(await page.getByTestId('run-status').innerText());
  const read = readRecord(await saveRecord(page, id));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.record;
}

it('thinking on and off on a server: told, counted, cut by its own budget, shown apart, and two subjects', async () => {
  const server = await serve();
  const visitor = await site.visitor();
  const { page } = visitor;
  const model = {
    kind: 'server',
    url: server.address,
    name: 'Qwen/Qwen3-0.6B',
    key: null,
    atOnce: 1,
    waitSeconds: 5,
  } as const;
  const asked = (): readonly Readonly<Record<string, unknown>>[] =>
    server.seen.filter(({ path }) => path === '/v1/chat/completions').map(({ body }) => body);

  const on = await run(page, { model, thinking: 'on', thinkingTokens: BUDGET });
  expect(on.header.spec.thinking).toEqual({ mode: 'on', budget: BUDGET, control: 'server' });
  expect(asked().map(({ max_tokens: most }) => most)).toEqual([BUDGET + 32, BUDGET + 32, BUDGET + 32]);
  expect(asked().every(({ chat_template_kwargs: told }) => JSON.stringify(told).includes('true'))).toBe(true);
  expect(on.header.verdicts).toBe('ctt');
  expect(on.items.map(({ thinking }) => thinking)).toEqual([
    { tokens: 2, cut: false },
    { tokens: BUDGET, cut: true },
    { tokens: 1, cut: false },
  ]);
  expect(on.items.map(({ verdict }) => verdict.kind === 'truncated' && verdict.where)).toEqual([
    false,
    'thinking',
    'answer',
  ]);
  expect(on.header.thinking).toEqual({ items: 3, tokens: BUDGET + 3, cutThinking: 1, cutAnswering: 1 });

  await page.getByTestId('run-thinking').waitFor();
  expect(await page.getByTestId('run-thinking').innerText()).toContain('1 cut while thinking, 1 cut while answering');
  await visitor.open(`/results/${on.header.id}/1`);
  const block = page.getByTestId('thinking-block');
  await block.waitFor();
  expect(await block.innerText()).toContain(`cut when its budget was spent (${BUDGET} tokens)`);
  expect(await page.getByTestId('thinking-tokens').getAttribute('data-cut')).toBe('true');

  const before = asked().length;
  const off = await run(page, { model, thinking: 'off', suite: { kind: 'builtIn', id: 'thinking-test' } });
  expect(off.header.spec.thinking).toEqual({ mode: 'off', control: 'server' });
  expect(
    asked()
      .slice(before)
      .every(({ max_tokens: most }) => most === 32),
  ).toBe(true);
  expect(off.header.verdicts).toBe('cct');
  expect(off.header.thinking).toBeUndefined();

  await visitor.open(`/compare/${on.header.id}/${off.header.id}`);
  await page.getByText('They differ in thinking').waitFor();
  await visitor.open('/compare');
  await page.getByTestId('matrix-row').nth(1).waitFor();
  const rows = await page.getByTestId('matrix-row').allInnerTexts();
  expect(rows).toHaveLength(2);
  expect(rows.join('\n')).toMatch(/Thinking on[^]*Thinking off|Thinking off[^]*Thinking on/);
  expect(complaints()).toEqual([]);
});

/** The embedded model with another chat template, as a folder. */
function withTemplate(name: string, source: string): string {
  const path = join(folder, name);
  cpSync(fileURLToPath(new URL('../../public/models/embedded/', import.meta.url)), path, { recursive: true });
  const file = join(path, 'tokenizer_config.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  writeFileSync(file, JSON.stringify({ ...config, chat_template: source }));
  return path;
}

const turns = "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}";

it('a template that opens the thinking: the real engine begins inside it, and is stopped at its budget', async () => {
  const path = withTemplate('forced', `${turns}{{ '<|im_start|>assistant\n<think>\n' }}`);
  const { page } = await site.visitor();
  const { header, items } = await run(page, {
    model: { kind: 'folder', path },
    suite: { kind: 'builtIn', id: 'reading-short' },
    thinkingTokens: 3,
    limit: 1,
  });
  expect(header.spec.thinking).toEqual({ mode: 'on', budget: 3, control: 'always' });
  const [item] = items;
  expect(item?.prompt).toMatch(/<think>\n$/);
  expect(item?.thinking).toEqual({ tokens: 3, cut: true });
  expect(item?.usage?.outputTokens).toBe(3);
  expect(item?.verdict).toMatchObject({ kind: 'truncated', where: 'thinking' });
  // It always thinks: there is nothing to choose but the budget.
  await page.goto(`${site.url}#/run`);
  expect(await page.getByTestId('thinking').isDisabled()).toBe(true);
  expect(complaints()).toEqual([]);
});

it.each<[ThinkingMode, RegExp]>([
  ['off', /<think>\n\n<\/think>\n\n$/],
  ['on', /<\|im_start\|>assistant\n$/],
])('a template that takes it as a variable: %s', async (thinking, ends) => {
  const source = `${turns}{{ '<|im_start|>assistant\n' }}{% if enable_thinking is defined and not enable_thinking %}{{ '<think>\n\n</think>\n\n' }}{% endif %}`;
  const path = withTemplate(`switched-${thinking}`, source);
  const { page } = await site.visitor();
  const { header, items } = await run(page, { model: { kind: 'folder', path }, thinking, limit: 1 });
  expect(header.spec.thinking).toMatchObject({ mode: thinking, control: 'template' });
  expect(items[0]?.prompt).toMatch(ends);
  expect(complaints()).toEqual([]);
});
