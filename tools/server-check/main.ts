/**
 * `npm run -s server-check`: a real server (llama.cpp by llama-cpp-python) with a real model, driven by the page in a
 * browser: a suite, a reply in the playground, and the same suite with the same weights inside the page. Prints how far
 * the two agree, item by item, and as the last line one line of JSON. Not part of the checks: it compiles llama.cpp once.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { ensureBuilt } from '../build.ts';
import { repository } from '../root.ts';
import { serve } from '../serve/index.ts';
import { readRecord, type RunRecord } from '../../src/sharing/index.ts';
import { readOptions } from '../eval/options.ts';
import { follow, prepare, problemOf, saveRecord } from '../eval/page.ts';
import { compareItems, formOf, piecesOf, promptTokens, serverPieces, type Served } from './agreement.ts';
import { dequantised, setUp, startServer } from './llama.ts';
import { streamReply, type StreamedReply } from './playground.ts';

const usage = `Usage: npm run -s server-check -- [--python PATH --gguf FILE] [--model FOLDER] [--limit N]

--python, --gguf  a Python that has llama-cpp-python[server], and the weights; else both are fetched and compiled once
--model           the same weights in transformers.js layout (default ../shared/models/smollm2-135m-instruct)
--limit           only the first N items
--exact           serves the same weights as 32-bit floats too (540 MB): what of the difference is llama.cpp's rounding`;

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    gguf: { type: 'string' },
    model: { type: 'string', default: join(repository, '..', 'shared', 'models', 'smollm2-135m-instruct') },
    limit: { type: 'string' },
    exact: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const suite = join(import.meta.dirname, 'suite.json');
const questions = (JSON.parse(readFileSync(suite, 'utf8')) as { items: { question: string }[] }).items;

if (values.help) console.log(usage);
else await check();

async function check(): Promise<void> {
  const { python, gguf } = values;
  const given = python !== undefined && gguf !== undefined ? { python, gguf } : setUp();
  const site = await serve(await ensureBuilt(), { port: 0 });
  const browser = await launchBrowser({ webgpu: false });
  try {
    const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    page.setDefaultTimeout(120_000);
    const home = (): Promise<unknown> => page.goto(`${site.url}#/run`).then(() => page.reload());
    const served: Served[] = [];
    let reply: StreamedReply | null = null;
    for (const llama of values.exact ? [given, dequantised(given)] : [given]) {
      const server = await startServer(llama);
      try {
        say(`a run on the server: ${basename(llama.gguf)}`);
        await home();
        const asked = served.length === 0 ? suite : 'server-check';
        const record = await run(page, ['--server', server.address, '--model', basename(llama.gguf)], asked);
        const pieces = serverPieces(server.address);
        served.push({
          record,
          texts: await piecesOf(record, pieces),
          prompt: await serverPrompt(server.address, record),
        });
        if (reply === null) {
          say('a reply in the playground');
          reply = await streamReply(page, site.url, record.header.spec.model.id);
        }
        if (!existsSync(values.model) || served.length < (values.exact ? 2 : 1)) continue;
        say('the same suite in the page');
        await home();
        const inPage = await run(page, ['--model', `dir:${values.model}`], 'server-check');
        report({ record: inPage, texts: await piecesOf(inPage, pieces), prompt: null }, served, reply);
      } finally {
        server.close();
      }
    }
    if (!existsSync(values.model))
      console.log(JSON.stringify({ n: served[0]?.record.items.length, streamed: reply?.steps }));
  } finally {
    await browser.close();
    await site.close();
  }
}

async function run(page: Page, model: readonly string[], asked: string): Promise<RunRecord> {
  const limit = values.limit === undefined ? [] : ['--limit', values.limit];
  const options = readOptions([...model, '--suite', asked, '--device', 'wasm', ...limit]);
  await prepare(page, options);
  const status = await follow(page, ({ phase, done, total }) => say(`  ${phase} ${done}/${total}`));
  if (status.phase !== 'finished') throw new Error(await problemOf(page));
  const read = readRecord(await saveRecord(page, status.run));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.record;
}

/** The server's own count of the first prompt's tokens: equal to the page's where both render alike, with one BOS. */
function serverPrompt(address: string, { items }: RunRecord): Promise<number | null> {
  const [question] = questions;
  return items[0] === undefined || question === undefined
    ? Promise.resolve(null)
    : promptTokens(address, question.question);
}

function report(inPage: Served, served: readonly Served[], reply: StreamedReply | null): void {
  const rows = served.map((one) => ({ one, compared: compareItems(inPage, one) }));
  for (const { one, compared } of rows) {
    console.log(`\n${one.record.header.spec.model.name}`);
    for (const { itemId, sameVerdict, sameText, parting } of compared) {
      const where =
        parting === null
          ? ''
          : `token ${parting.at}: page ${JSON.stringify(parting.page)}, server ${JSON.stringify(parting.server)}`;
      const words = sameVerdict ? 'same verdict ' : 'OTHER VERDICT';
      console.log(`${itemId.padEnd(10)} ${words} ${sameText ? 'same text' : where}`);
    }
  }
  const first = served[0]?.record;
  const [here, there] = [formOf(inPage.record), formOf(first)];
  console.log(
    `\nfields only in the page's record: ${[...here].filter((path) => !there.has(path)).join(' ') || 'none'}`,
  );
  console.log(
    `fields only in the server's record: ${[...there].filter((path) => !here.has(path)).join(' ') || 'none'}`,
  );
  console.log(`playground: ${reply?.steps} steps on the screen`);
  console.log(
    JSON.stringify({
      n: inPage.record.items.length,
      served: rows.map(({ one, compared }) => ({
        server: one.record.header.environment.engine.version,
        model: one.record.header.spec.model.name,
        sameVerdict: compared.filter(({ sameVerdict }) => sameVerdict).length,
        sameText: compared.filter(({ sameText }) => sameText).length,
        promptTokens: one.prompt,
        seconds: Math.round(one.record.header.seconds),
      })),
      page: {
        promptTokens: inPage.record.items[0]?.usage?.promptTokens,
        seconds: Math.round(inPage.record.header.seconds),
      },
      streamed: reply?.steps,
      date: new Date().toISOString().slice(0, 10),
    }),
  );
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}
