import { builtInSuite, type BuiltInSuite } from './builtInSuite.ts';
import { summaries } from './summaries.ts';

/** The suites that ship with the page, in the order in which they are offered: the first is chosen at the first visit. */
export const builtInSuites: readonly BuiltInSuite[] = [
  builtInSuite(summaries['reading-short'], () => import('./suites/reading-short.json')),
  builtInSuite(summaries['mathematics-short'], () => import('./suites/mathematics-short.json')),
  builtInSuite(summaries.reading, () => import('./suites/reading.json')),
  builtInSuite(summaries.mathematics, () => import('./suites/mathematics.json')),
  builtInSuite(summaries['seed-003'], () => import('./suites/seed-003.json')),
];
