/** The page against a stand-in server: connect by a click, run a suite of which the server fails some items, read it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { readRecord } from '../../src/sharing/index.ts';
import { follow, prepare, saveRecord } from '../../tools/eval/page.ts';
import { connectServer, type ServerChoice } from '../../tools/eval/server.ts';
import {
  flavours,
  says,
  standIn,
  type Asked,
  type Reply,
  type Scenario,
  type StandIn,
} from '../fixtures/servers/index.ts';
import { openSite, type Site } from './site.ts';
import { sumSuiteFile } from './sumSuite.ts';

let site: Site;
let folder: string;
const servers: StandIn[] = [];
beforeAll(async () => {
  site = await openSite();
  folder = mkdtempSync(join(tmpdir(), 'tabeval-server-'));
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await site.close();
});

async function serve(scenario: Scenario): Promise<StandIn> {
  const server = await standIn(scenario);
  servers.push(server);
  return server;
}

/** The question's word decides what the server does. */
const REPLIES: Readonly<Record<string, (asked: Asked) => Reply>> = {
  right: () => says('The answer is 56.', { delayMs: 60 }),
  wrong: () => says('The answer is 57.', { delayMs: 60 }),
  thinking: () => says('56', { thinking: { field: 'reasoning_content', tokens: ['It may be 12. ', 'No.'] } }),
  cut: () => ({ kind: 'cut', tokens: ['The answer is 5'] }),
  broken: () => ({ kind: 'error', tokens: ['The'], message: 'out of memory' }),
  html: () => ({ kind: 'html', status: 200 }),
  refused: () => ({ kind: 'status', status: 400, message: 'no' }),
  again: ({ tries }) => (tries === 0 ? { kind: 'status', status: 503, message: 'loading' } : says('56')),
  last: () => says('56'),
};

const suiteFile = (): string => sumSuiteFile(folder, Object.keys(REPLIES));

const choice = (server: StandIn, change: Partial<ServerChoice> = {}): ServerChoice => ({
  url: server.address,
  name: 'qwen2.5-0.5b-instruct',
  key: null,
  atOnce: 1,
  waitSeconds: 0,
  ...change,
});

it('asks nothing of a server before the click; then runs a suite, and what the server failed is unscored', async () => {
  const server = await serve({
    flavour: flavours.lmStudio,
    key: 'sesame',
    answer: (asked) => {
      const word = /\((\w+)\)/.exec(asked.prompt)?.[1] ?? '';
      const reply = REPLIES[word];
      if (reply === undefined) throw new Error(`not foreseen: ${asked.prompt}`);
      return reply(asked);
    },
  });
  const visitor = await site.visitor();
  const { page } = visitor;
  await visitor.open('/models');
  await page.getByTestId('server-connect').waitFor();
  expect(server.seen).toEqual([]);
  await visitor.open('/run');
  await prepare(page, {
    model: { kind: 'server', ...choice(server, { key: 'sesame', atOnce: 4 }) },
    suite: { kind: 'file', path: suiteFile() },
    build: null,
    variant: 'plain',
    device: 'auto',
    limit: null,
    out: null,
    gpu: false,
  });
  const status = await follow(page, () => undefined);
  expect(status.phase).toBe('finished');
  const text = await saveRecord(page, status.run);
  const read = readRecord(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const { header, items } = read.record;
  const verdicts = items.map(({ itemId, verdict }) => [
    itemId,
    verdict.kind === 'graded' ? verdict.correct : verdict.kind === 'unscored' ? verdict.failure.code : verdict.kind,
  ]);
  expect(verdicts).toEqual([
    ['right', true],
    ['wrong', false],
    ['thinking', true],
    ['cut', 'answer-broken'],
    ['broken', 'server-error'],
    ['html', 'not-json'],
    ['refused', 'server-error'],
    ['again', true],
    ['last', true],
  ]);
  expect(header.spec.renderedBy).toBe('server');
  expect(header.environment).toMatchObject({ device: 'server', engine: { id: 'server', version: 'lm-studio' } });
  expect(header.spec.model.build.quantisation).toBe('Q4_K_M');
  expect(items[0]?.answeredBy).toBe('qwen2.5-0.5b-instruct');
  expect(server.mostSeenAtOnce()).toBeGreaterThan(1);
  expect(text).not.toContain('sesame');
  expect(text).not.toContain(server.address);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).toContain(server.address);
  expect(kept).not.toContain('sesame');
});

it('llama-server gets our prompt, rendered in a worker', async () => {
  const server = await serve({ flavour: flavours.llamaServer, answer: () => says('56') });
  const visitor = await site.visitor();
  const { page } = visitor;
  await visitor.open('/run');
  await prepare(page, {
    model: { kind: 'server', ...choice(server, { name: 'qwen2.5-0.5b-instruct-q4_k_m.gguf' }) },
    suite: { kind: 'file', path: suiteFile() },
    build: null,
    variant: 'plain',
    device: 'auto',
    limit: 2,
    out: null,
    gpu: false,
  });
  const { phase, run } = await follow(page, () => undefined);
  expect(phase).toBe('finished');
  const read = readRecord(await saveRecord(page, run));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const { header, items } = read.record;
  expect(header.spec.renderedBy).toBe('tabeval');
  expect(header.verdicts).toBe('cc');
  expect(items[0]?.prompt).toBe('<s><|user|>What is 7 times 8? (right)\n<|assistant|>');
  expect(items[0]?.tokenIdsHash).toMatch(/^[0-9a-f]{64}$/);
});

it.each<[string, Partial<Scenario>, string, string]>([
  ['CORS off', { cors: 'off' }, 'cors-off', '--cors'],
  ['preflight refused', { cors: 'no-preflight' }, 'cors-off', '--cors'],
  ['a key', { key: 'sesame' }, 'key-needed', ''],
  ['no model', { list: 'empty' }, 'no-model', 'lms get'],
  ['another program', { list: 'html' }, 'not-json', ''],
])('tells %s, and how to mend it', async (_, scenario, code, command) => {
  const server = await serve({ flavour: flavours.lmStudio, answer: () => says(''), ...scenario });
  const visitor = await site.visitor();
  const { page } = visitor;
  await visitor.open('/models');
  await page.getByTestId('server-address').fill(server.address);
  await page.getByTestId('server-connect').click();
  const problem = page.getByTestId('server-problem');
  await problem.waitFor();
  expect(await problem.getAttribute('data-code')).toBe(code);
  expect(await problem.innerText()).toContain(command);
});

it('tells a server that is off; once it is there, the same button connects', async () => {
  const visitor = await site.visitor();
  const off = await standIn({ flavour: flavours.plain, answer: () => says('') });
  await off.close();
  await visitor.open('/models');
  await expect(connectServer(visitor.page, choice(off))).rejects.toThrow('Nothing answers');
  expect(await visitor.page.getByTestId('server-problem').getAttribute('data-code')).toBe('server-off');
  servers.push(await standIn({ flavour: flavours.plain, answer: () => says('') }, Number(new URL(off.address).port)));
  await visitor.page.getByTestId('server-problem').getByRole('button', { name: 'Try again' }).click();
  await visitor.page.getByTestId('server').waitFor();
});

it('complains of nothing but what the browser itself prints of refused requests', () => {
  const ours = site.complaints.filter((line) => !/127\.0\.0\.1|Failed to load resource|CORS policy/.test(line));
  expect(ours).toEqual([]);
});
