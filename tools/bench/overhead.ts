/** Our decode rate, heard by the page and stored, over that of transformers.js's own loop. */
import { median, ratioOver, rounded } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { report } from './report.ts';
import { withBenchPage } from './site.ts';

/** False: the two said something different. */
export async function overheadBench(options: BenchOptions): Promise<boolean> {
  const { device, model } = options;
  const rounds = options.rounds ?? 30;
  const tokens = options.tokens ?? 300;
  const measured = await withBenchPage({ webgpu: device === 'webgpu', model }, (page) => {
    const order = { model: model === null ? 'embedded' : 'folder', device, rounds, tokens } as const;
    return page.evaluate((o) => bench.overhead(o), order);
  });
  const same = measured.every(({ same }) => same);
  const rate = (ms: readonly number[]): number => rounded((1_000 * (tokens - 1)) / median(ms), 1);
  const page = ratioOver(measured.map((m) => m.bareMs / m.pageMs));
  const worker = ratioOver(measured.map((m) => m.bareMs / m.workerMs));
  const rates = {
    bareRate: rate(measured.map((m) => m.bareMs)),
    pageRate: rate(measured.map((m) => m.pageMs)),
    workerRate: rate(measured.map((m) => m.workerMs)),
  };
  const name = model ?? 'embedded';
  report(
    [
      `model     ${name} on ${device}, ${rounds} rounds in turns, ${tokens} tokens each`,
      `bare      ${rates.bareRate} tokens/s: one call of generate in a worker (median)`,
      `worker    ${rates.workerRate} tokens/s by our worker's clock: ${worker.ratio} (${worker.low} to ${worker.high})`,
      `page      ${rates.pageRate} tokens/s from the first token heard to the item stored`,
      `ratio     ${page.ratio}, 95 % interval ${page.low} to ${page.high}`,
      `answers   ${same ? 'the same' : 'DIFFERENT'}`,
    ],
    {
      bench: 'overhead',
      ...page,
      worker,
      tokensEqual: same,
      answersEqual: same,
      device,
      model: name,
      rounds,
      tokens,
      ...rates,
    },
  );
  return same;
}
