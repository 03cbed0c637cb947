/**
 * `npm run -s eval`: the very page that people use, driven in a headless browser. Prints progress on stderr, then a
 * table and, as the last line, one line of JSON (EvalFigures) on stdout.
 */
import { writeFileSync } from 'node:fs';
import { launchBrowser } from '../browser.ts';
import { ensureBuilt } from '../build.ts';
import { serve } from '../serve/index.ts';
import type { Page } from 'playwright-core';
import { readRecords, type RunRecord } from '../../src/sharing/index.ts';
import { readOptions, type EvalOptions } from './options.ts';
import { follow, prepare, problemOf, repeatsExactly, saveRecord, saveRepeats, type Status } from './page.ts';
import { repeated, repeatedFigures, repeatsTable } from './repeats.ts';
import { figuresOf, tableOf } from './report.ts';

const options = readOptions(process.argv.slice(2));
process.exitCode = await evaluate(options).catch((thrown: unknown) => {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  return 1;
});

/** 0: the run came to its end. 1: it did not; what was finished is printed and written all the same. */
async function evaluate({ out, gpu, ...rest }: EvalOptions): Promise<number> {
  const site = await serve(await ensureBuilt(), { port: 0 });
  const webgpu = gpu ? 'hardware' : rest.device !== 'wasm';
  const browser = await launchBrowser({ webgpu });
  try {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    // A page that has crashed would be waited for in vain.
    const crashed = new Promise<never>((_, reject) => {
      page.on('pageerror', (error) => reject(new Error(`The page failed: ${error.message}`)));
    });
    const run = async (): Promise<Status> => {
      await page.goto(`${site.url}#/run`);
      await prepare(page, { out, gpu, ...rest });
      return follow(page, say);
    };
    const status = await Promise.race([run(), crashed]);
    if (status.run === '') throw new Error(await problemOf(page));
    if ((rest.drawing?.repeats ?? 1) > 1) return await reportRepeats(page, status.run, out);
    const [{ header, items }] = recordsIn(await saved(out, saveRecord(page, status.run)));
    console.log(tableOf(header, items));
    if (header.state.kind === 'failed') console.log(`failed    ${JSON.stringify(header.state.failure)}`);
    console.log(JSON.stringify(figuresOf(header)));
    return header.state.kind === 'finished' ? 0 : 1;
  } finally {
    await browser.close();
    await site.close();
  }
}

/** The table of the first repeat, then what all come to. 1 where not all of them are finished. */
async function reportRepeats(page: Page, runId: string, out: string | null): Promise<number> {
  const records = recordsIn(await saved(out, saveRepeats(page, runId)));
  const exactly = await repeatsExactly(page);
  const [{ header, items }] = records;
  console.log(tableOf(header, items));
  const together = records.length > 1 ? repeated(records) : null;
  if (together !== null) console.log(repeatsTable(together));
  if (exactly !== null) console.log(`again     ${exactly.equal} of ${exactly.both} answers are the same to the letter`);
  const figures = together === null ? figuresOf(header) : repeatedFigures(records, together);
  console.log(JSON.stringify(exactly === null ? figures : { ...figures, again: exactly }));
  return records.length + (exactly === null ? 0 : 1) === options.drawing?.repeats ? 0 : 1;
}

async function saved(out: string | null, record: Promise<string>): Promise<string> {
  const text = await record;
  if (out !== null) writeFileSync(out, text);
  return text;
}

function recordsIn(text: string): readonly [RunRecord, ...RunRecord[]] {
  const read = readRecords(text);
  if (read.ok) return read.records;
  throw new Error(`The page wrote a record that cannot be read: ${JSON.stringify(read.problem)}`);
}

function say({ phase, done, total }: Status): void {
  process.stderr.write(total > 0 ? `${phase} ${done}/${total}\n` : `${phase}\n`);
}
