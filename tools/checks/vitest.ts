import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { repository } from '../root.ts';

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report that is read here. */
const report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(v.object({ status: v.string(), assertionResults: v.array(v.object({ status: v.string() })) })),
});

/**
 * Totals of a vitest report. A file that failed without a failing test (it could not be loaded, or a hook threw) counts
 * as one failure; so does a run that ended badly although nothing in its report failed.
 */
export function totalsOf(json: unknown, exitCode: number | null): Totals {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = v.parse(report, json);
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = numFailedTests + brokenFiles.length;
  return {
    passed: numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

function readTotals(file: string, exitCode: number | null): Totals {
  try {
    return totalsOf(JSON.parse(readFileSync(file, 'utf8')), exitCode);
  } catch (error) {
    console.log(`vitest left no report that can be read: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Runs one project of vitest.config.ts; its own words go straight to the terminal. */
export function runTests(project: 'node' | 'browser'): Promise<Totals> {
  const folder = mkdtempSync(join(tmpdir(), 'tabeval-tests-'));
  const file = join(folder, 'report.json');
  const script = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: repository,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('close', (code) => {
      resolve(readTotals(file, code));
      rmSync(folder, { recursive: true, force: true });
    });
  });
}
