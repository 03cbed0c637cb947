/**
 * `npm test`: every check and every test, the quick ones first. A failing check ends it, because what follows would fail
 * for the same reason; failing tests do not. The last line counts both: "N passed, N failed".
 */
import { messagesCompile, siteChecks, sourceChecks } from './checks/index.ts';
import type { Check } from './checks/check.ts';
import { longFiles } from './checks/fileSizes.ts';
import { runTests, type Totals } from './checks/vitest.ts';

const totals: Totals = { passed: 0, failed: 0, skipped: 0 };

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`▶ ${name} … ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

async function passes({ name, run }: Check): Promise<boolean> {
  const { ok, output } = await timed(name, run);
  totals[ok ? 'passed' : 'failed'] += 1;
  if (!ok) console.log(`\n✗ ${name}\n\n${output.trimEnd()}\n`);
  return ok;
}

/** Two at a time: each is one process on one core, and the long ones (types, lint) are most of the time before the tests. */
async function allPass(checks: readonly Check[]): Promise<boolean> {
  const waiting = [...checks];
  let good = true;
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined && good; check = waiting.shift()) {
      if (!(await passes(check))) good = false;
    }
  };
  await Promise.all([lane(), lane()]);
  return good;
}

async function test(name: string, project: 'node' | 'browser'): Promise<void> {
  const { passed, failed, skipped } = await timed(name, () => runTests(project));
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
}

async function everything(): Promise<void> {
  if (!(await passes(messagesCompile)) || !(await allPass(sourceChecks))) return;
  for (const { file, lines } of longFiles()) console.log(`  look again: ${file} has ${lines} lines`);
  await test('Tests in Node', 'node');
  for (const check of siteChecks) if (!(await passes(check))) return;
  await test('Tests in a browser', 'browser');
}

await everything();
const { passed, failed, skipped } = totals;
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
