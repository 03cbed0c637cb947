/** Files that become suites. One file for each format, one line in registry.ts; read in a worker. */
export { workerImporter, type SuiteImporter } from './importer.ts';
export type { Delimiter } from './cut/delimiter.ts';
export type { Encoding } from './cut/encoding.ts';
export type { Unreadable } from './cut/unreadable.ts';
export type { Inspected, Inspection, Writing } from './inspect.ts';
export { plainId } from './build.ts';
export { ROLES, type Columns, type Layout, type Question, type Role } from './format.ts';
export { IMPORT_PROBLEM_CODES, type ImportProblem, type ImportProblemCode, type PlacedProblem } from './problem.ts';
export type { ImportOptions, ImportReport, Previewed, ReadSuite } from './read.ts';
export type { SuiteFormatId } from './registry.ts';
export type { Take } from './take.ts';
