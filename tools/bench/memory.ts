/** Loads and unloads a model in one page, and reads after each what the browser's processes hold. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';
import { median, rounded } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { report } from './report.ts';
import { withBenchPage } from './site.ts';

const EDGE = 3;

/** A browser gives memory back when it likes: what is still held at the best of these looks stays. */
const LOOKS = 4;
const BETWEEN_LOOKS_MS = 1_000;

/** At most 5 % more after ten loads than after the first three. */
const LIMIT = 1.05;

interface Sample {
  readonly rendererMiB: number;
  readonly gpuMiB: number;
}

/** False: more is held at the end than at the beginning. */
export async function memoryBench({ device, model, rounds }: BenchOptions): Promise<boolean> {
  if (process.platform !== 'linux')
    throw new Error('The memory of processes is read from /proc, which only Linux has.');
  const loads = rounds ?? 10;
  if (loads < 2 * EDGE) throw new Error(`--rounds: at least ${2 * EDGE} loads are needed.`);
  const samples = await withBenchPage({ webgpu: device === 'webgpu', model }, async (page) => {
    const chosen = model === null ? 'embedded' : 'folder';
    const collector = await page.context().newCDPSession(page);
    const taken: Sample[] = [];
    for (let load = 0; load < loads; load += 1) {
      await page.evaluate((o) => bench.loadOnce(o), { model: chosen, device } as const);
      const looks: Sample[] = [];
      for (let look = 0; look < LOOKS; look += 1) {
        await collector.send('HeapProfiler.collectGarbage');
        await page.waitForTimeout(BETWEEN_LOOKS_MS);
        looks.push(sample(process.pid));
      }
      taken.push(least(looks));
      process.stderr.write(`${JSON.stringify(taken.at(-1))}\n`);
    }
    return taken;
  });
  const of = (part: readonly Sample[]): number => median(part.map((s) => s.rendererMiB + s.gpuMiB));
  const first = of(samples.slice(0, EDGE));
  const last = of(samples.slice(-EDGE));
  const all = samples.slice(-EDGE).map((s) => (s.rendererMiB + s.gpuMiB) / first);
  const [ratio, low, high] = [last / first, Math.min(...all), Math.max(...all)].map((x) => rounded(x));
  const column = (key: keyof Sample): string => samples.map((s) => s[key].toFixed(0)).join(' ');
  const name = model ?? 'embedded';
  report(
    [
      `model     ${name} on ${device}, loaded, asked once and unloaded ${loads} times in one page`,
      `renderer  ${column('rendererMiB')} MiB after each (PSS)`,
      `gpu       ${column('gpuMiB')} MiB`,
      `ratio     ${ratio ?? NaN}: the last three over the first three (medians); ${LIMIT} at most`,
    ],
    {
      bench: 'memory',
      ...{ ratio: ratio ?? NaN, low: low ?? NaN, high: high ?? NaN },
      ...{ device, model: name, rounds: loads, firstMiB: rounded(first, 1), lastMiB: rounded(last, 1), samples },
    },
  );
  return (ratio ?? Infinity) <= LIMIT;
}

function least(looks: readonly Sample[]): Sample {
  const of = (key: keyof Sample): number => Math.min(...looks.map((look) => look[key]));
  return { rendererMiB: of('rendererMiB'), gpuMiB: of('gpuMiB') };
}

/** Of all processes that this one has started: proportional set size, in which shared pages count by their share. */
function sample(root: number): Sample {
  const sizes = { renderer: 0, 'gpu-process': 0 };
  for (const pid of descendants(root)) {
    const kind = /--type=(renderer|gpu-process)/.exec(readOr(`/proc/${pid}/cmdline`))?.[1];
    if (kind !== 'renderer' && kind !== 'gpu-process') continue;
    const kib = /^Pss:\s+(\d+) kB/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? '0';
    sizes[kind] += Number(kib) / 1024;
  }
  return { rendererMiB: rounded(sizes.renderer, 1), gpuMiB: rounded(sizes['gpu-process'], 1) };
}

function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = /^PPid:\s+(\d+)/m.exec(readOr(`/proc/${pid}/status`))?.[1];
    if (parent !== undefined) parents.set(Number(pid), Number(parent));
  }
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found.slice(1);
}

/** A process may end while it is looked at. */
function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
