import { builtInSuite, type BuiltInSuite } from './builtInSuite.ts';
import { summaries } from './summaries.ts';

/** The suites that ship with the page, in the order in which they are offered. One line each. */
export const builtInSuites: readonly BuiltInSuite[] = [
  builtInSuite(summaries.reading, () => import('./suites/reading.json')),
  builtInSuite(summaries.mathematics, () => import('./suites/mathematics.json')),
  builtInSuite(summaries['seed-003'], () => import('./suites/seed-003.json')),
];
