/**
 * `npm run -s server-check`: a real server (llama.cpp by llama-cpp-python) with a real model, driven by the page in a
 * browser: a suite, a reply in the playground, and the same suite with the same weights inside the page. Prints how far
 * the two agree, item by item, and as the last line one line of JSON. Not part of the checks: it compiles llama.cpp once.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { ensureBuilt } from '../build.ts';
import { repository } from '../root.ts';
import { serve } from '../serve/index.ts';
import { readRecord, type RunRecord } from '../../src/sharing/index.ts';
import { readOptions } from '../eval/options.ts';
import { follow, prepare, problemOf, saveRecord } from '../eval/page.ts';
import { compareItems, formOf, promptTokens, serverPieces } from './agreement.ts';
import { setUp, startServer } from './llama.ts';
import { streamReply } from './playground.ts';

const usage = `Usage: npm run -s server-check -- [--python PATH --gguf FILE] [--model FOLDER] [--limit N]

--python, --gguf  a Python that has llama-cpp-python[server], and the weights; else both are fetched and compiled once
--model           the same weights in transformers.js layout (default ../shared/models/smollm2-135m-instruct)
--limit           only the first N items`;

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    gguf: { type: 'string' },
    model: { type: 'string', default: join(repository, '..', 'shared', 'models', 'smollm2-135m-instruct') },
    limit: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const suite = join(import.meta.dirname, 'suite.json');
const questions = (JSON.parse(readFileSync(suite, 'utf8')) as { items: { question: string }[] }).items;

if (values.help) console.log(usage);
else await check();

async function check(): Promise<void> {
  const { python, gguf } = values;
  const llama = await startServer(python !== undefined && gguf !== undefined ? { python, gguf } : setUp());
  const site = await serve(await ensureBuilt(), { port: 0 });
  const browser = await launchBrowser({ webgpu: false });
  try {
    const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(`${site.url}#/run`);
    say('a run on the server');
    const onServer = ['--server', llama.address, '--model', nameOf(gguf)];
    const served = await run(page, onServer, suite);
    say('a reply in the playground');
    const reply = await streamReply(page, site.url, served.header.spec.model.id);
    if (!existsSync(values.model)) {
      say(`No model in ${values.model}: nothing to compare with.`);
      console.log(JSON.stringify({ n: served.items.length, streamed: reply.steps }));
      return;
    }
    say('the same suite in the page');
    await page.goto(`${site.url}#/run`);
    await page.reload();
    const inPage = await run(page, ['--model', `dir:${values.model}`], 'server-check');
    await report(served, inPage, llama.address, reply);
  } finally {
    await browser.close();
    await site.close();
    llama.close();
  }
}

function nameOf(gguf: string | undefined): string {
  return gguf?.split('/').at(-1) ?? 'SmolLM2-135M-Instruct.Q4_1.gguf';
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

async function report(
  served: RunRecord,
  inPage: RunRecord,
  address: string,
  reply: { readonly steps: number; readonly text: string },
): Promise<void> {
  const compared = await compareItems(inPage.items, served.items, serverPieces(address));
  for (const { itemId, sameVerdict, sameText, parting } of compared) {
    const where =
      parting === null
        ? ''
        : `token ${parting.at}: page ${JSON.stringify(parting.page)}, server ${JSON.stringify(parting.server)}`;
    console.log(
      `${itemId.padEnd(10)} ${sameVerdict ? 'same verdict ' : 'OTHER VERDICT'} ${sameText ? 'same text' : where}`,
    );
  }
  const [first] = inPage.items;
  const [question] = questions;
  const prompts = first && question ? await promptTokens(address, first, question.question) : null;
  const [here, there] = [formOf(inPage), formOf(served)];
  const onlyHere = [...here].filter((path) => !there.has(path));
  const onlyThere = [...there].filter((path) => !here.has(path));
  const sameVerdict = compared.filter((item) => item.sameVerdict).length;
  const sameText = compared.filter((item) => item.sameText).length;
  console.log(`\nprompt tokens of the first item: page ${prompts?.page}, server ${prompts?.server}`);
  console.log(`fields only in the page's record: ${onlyHere.join(' ') || 'none'}`);
  console.log(`fields only in the server's record: ${onlyThere.join(' ') || 'none'}`);
  console.log(`playground: ${reply.steps} steps on the screen, ${JSON.stringify(reply.text.slice(0, 80))}`);
  console.log(
    JSON.stringify({
      ...{ n: compared.length, sameVerdict, sameText, streamed: reply.steps, prompts },
      server: `${served.header.environment.engine.version} ${served.header.spec.model.build.quantisation}`,
      page: `${inPage.header.environment.engine.id} ${inPage.header.spec.model.build.quantisation}`,
      seconds: { server: Math.round(served.header.seconds), page: Math.round(inPage.header.seconds) },
      date: new Date().toISOString().slice(0, 10),
    }),
  );
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}
