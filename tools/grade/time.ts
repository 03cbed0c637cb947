import { grade } from '../../src/domain/graders/index.ts';
import { longOutputs } from './longOutputs.ts';

/** Times are taken this often; a first pass lets the machine compile the code. */
const TURNS = 5;

/** What an item may take. */
const BUDGET_MS = 5;

/** Times the grading of long outputs, hostile ones included, and prints the slowest and one line of JSON. */
export async function timeGrading(): Promise<boolean> {
  const times = longOutputs().map((output) => ({ ...output, taken: [] as number[] }));
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const { input, taken } of times) {
      const start = process.cpuUsage();
      await grade(input);
      const { user, system } = process.cpuUsage(start);
      if (turn > 0) taken.push((user + system) / 1000);
    }
  }
  // Processor time, and the least of several: what other programs do to the clock says nothing about grading.
  const least = times.map(({ name, taken }) => ({ name, ms: Math.min(...taken) })).sort((a, b) => a.ms - b.ms);
  for (const { name, ms } of least.slice(-10).reverse()) console.log(`${ms.toFixed(2)} ms  ${name}`);
  const at = (share: number): number => rounded(least[Math.floor((least.length - 1) * share)]?.ms ?? 0);
  const over = least.filter(({ ms }) => ms > BUDGET_MS).length;
  console.log(JSON.stringify({ outputs: least.length, median: at(0.5), p99: at(0.99), slowest: at(1), over }));
  return over === 0;
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
