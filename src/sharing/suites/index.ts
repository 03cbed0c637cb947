/** Files that become suites. One file for each format, one line in registry.ts; read in a worker. */
export { workerImporter, type SuiteImporter } from './importer.ts';
export type { Inspection } from './inspect.ts';
export { plainId } from './build.ts';
export { ROLES, type Columns, type Layout, type Question, type Role } from './format.ts';
export { IMPORT_PROBLEM_CODES, type ImportProblem, type ImportProblemCode, type PlacedProblem } from './problem.ts';
export type { ImportOptions, ImportReport, Previewed, ReadSuite } from './read.ts';
export type { SuiteFormatId } from './registry.ts';
export type { Take } from './take.ts';
