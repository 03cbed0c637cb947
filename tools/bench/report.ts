import { loadavg } from 'node:os';

/** The keys that the last line of every bench has; each adds its own. */
export interface BenchLine {
  readonly bench: 'prefix' | 'overhead' | 'memory';
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly [own: string]: unknown;
}

/** Lines for people, then one line of JSON, the last. */
export function report(lines: readonly string[], line: BenchLine): void {
  // Other programs on the machine make every figure worse, and ratios less certain.
  const load = loadavg().map((x) => Number(x.toFixed(1)));
  for (const words of lines) console.log(words);
  console.log(`load      ${load.join(', ')} (1, 5 and 15 minutes)`);
  console.log(JSON.stringify({ ...line, load }));
}
