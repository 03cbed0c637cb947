import * as v from 'valibot';
import type { Override } from './override.ts';
import type { ItemRecord, RunHeader } from './run.ts';
import { overrideSchema } from './schemas/override.ts';
import { itemRecordSchema, runHeaderSchema } from './schemas/run.ts';

/**
 * From a shape of version n to one of version n + 1. Pure; it may build on its input's shape only as far as it checks
 * it: what comes out of the last one goes through the schema.
 */
export type Migration = (older: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** The step from each older version; one function a line. Every version below the current one has its line. */
export type Migrations = Readonly<Record<number, Migration>>;

const headerMigrations: Migrations = {};
const itemMigrations: Migrations = {};
const overrideMigrations: Migrations = {};

export type DecodeProblem =
  /** Written by a newer version of this page, which can read it. */
  | { readonly kind: 'newer'; readonly found: number; readonly known: number }
  /** `at`: "spec.model.build: …", the first few, in English, for a report. */
  | { readonly kind: 'malformed'; readonly at: readonly string[] };

export type Decoded<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: DecodeProblem };

/** A header from storage or a file, of any version up to ours, as a fresh object. Never throws. */
export const decodeHeader: (input: unknown) => Decoded<RunHeader> = decoder(runHeaderSchema, 1, headerMigrations);

/** A record of one item, in the same way. */
export const decodeItem: (input: unknown) => Decoded<ItemRecord> = decoder(itemRecordSchema, 1, itemMigrations);

/** A person's judgement of one item, in the same way. */
export const decodeOverride: (input: unknown) => Decoded<Override> = decoder(overrideSchema, 1, overrideMigrations);

/** A decoder for shapes that carry their version as `schema`. `current`: the version that `shape` describes. */
export function decoder<T>(shape: v.GenericSchema<unknown, T>, current: number, migrations: Migrations) {
  return (input: unknown): Decoded<T> => {
    const version = versionOf(input);
    if (version === null) return malformed(['schema: a version number is missing']);
    if (version > current) return { ok: false, problem: { kind: 'newer', found: version, known: current } };
    try {
      return checked(shape, migrated(input as Readonly<Record<string, unknown>>, version, current, migrations));
    } catch (thrown) {
      return malformed([`schema ${version} cannot be brought to ${current}: ${String(thrown)}`]);
    }
  };
}

/** The problem as one line, for `Failure.detail`. */
export function problemText(problem: DecodeProblem): string {
  return problem.kind === 'newer'
    ? `schema ${problem.found} is newer than ${problem.known}, the newest that this version reads`
    : problem.at.join('; ');
}

function versionOf(input: unknown): number | null {
  if (typeof input !== 'object' || input === null || !('schema' in input)) return null;
  return typeof input.schema === 'number' && Number.isSafeInteger(input.schema) ? input.schema : null;
}

function migrated(
  input: Readonly<Record<string, unknown>>,
  version: number,
  current: number,
  migrations: Migrations,
): Readonly<Record<string, unknown>> {
  let value = input;
  for (let from = version; from < current; from += 1) {
    const step = migrations[from];
    if (step === undefined) throw new RangeError(`no migration from schema ${from}`);
    value = step(value);
  }
  return value;
}

/** Problems that one report names, and characters of each: a foreign value is quoted in them. */
const MOST_PROBLEMS = 10;
const LONGEST_PROBLEM = 200;

function checked<T>(shape: v.GenericSchema<unknown, T>, input: unknown): Decoded<T> {
  const result = v.safeParse(shape, input);
  if (result.success) return { ok: true, value: result.output };
  const at = result.issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`.slice(0, LONGEST_PROBLEM));
  return malformed(at);
}

function malformed(at: readonly string[]): { readonly ok: false; readonly problem: DecodeProblem } {
  return { ok: false, problem: { kind: 'malformed', at } };
}
