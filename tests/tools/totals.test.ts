import { expect, test } from 'vitest';
import { totalsOf } from '../../tools/checks/vitest.ts';

const report = (passed: number, failed: number, files: { status: string; tests: string[] }[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: files.map(({ status, tests }) => ({ status, assertionResults: tests.map((one) => ({ status: one })) })),
});

test('tests are counted', () => {
  expect(totalsOf(report(5, 0), 0)).toEqual({ passed: 5, failed: 0, skipped: 3 });
  const files = [{ status: 'failed', tests: ['failed', 'failed', 'passed'] }];
  expect(totalsOf(report(5, 2, files), 1)).toMatchObject({ passed: 5, failed: 2 });
});

test('a file that could not be loaded is a failure', () => {
  const files = [
    { status: 'failed', tests: [] },
    { status: 'passed', tests: ['passed'] },
  ];
  expect(totalsOf(report(1, 0, files), 1).failed).toBe(1);
});

test('a bad end without a failing test is a failure', () => {
  expect(totalsOf(report(1, 0), 1).failed).toBe(1);
  expect(totalsOf(report(1, 0), null).failed).toBe(1);
});

test('a report of another shape is refused', () => {
  expect(() => totalsOf({ numPassedTests: 3 }, 0)).toThrow('numFailedTests');
});
