import type { Device, Sampling } from './engine.ts';
import { canonicalJson } from './hash.ts';
import type { ModelRef } from './model.ts';
import { countedWith } from './repeats/group.ts';
import type { RunHeader } from './run.ts';
import type { SuiteRef, VariantId } from './suite.ts';
import type { RunThinking } from './thinkingMode.ts';

/**
 * One test subject: a build of a model on a device, asked in one way. Runs from files stand apart: nothing of them was
 * measured here.
 */
export interface MatrixRow {
  readonly key: string;
  readonly model: ModelRef;
  readonly device: Device;
  readonly promptVariant: VariantId;
  /** As in RunSpec: thinking on and off are two subjects, and so are two budgets. */
  readonly thinking?: RunThinking;
  /** Of one of its runs: seeds do not tell subjects apart, greedy and drawn do. */
  readonly sampling: Sampling;
  readonly imported: boolean;
  /** By the columns of the matrix; null where this subject has no finished run of the suite. */
  readonly cells: readonly (MatrixCell | null)[];
}

export interface MatrixCell {
  /** The run whose figures stand in the cell. */
  readonly run: RunHeader;
  /** How many finished runs of this subject and suite there are. */
  readonly runs: number;
  /** `run` with its repeats, one for each seed; `run` alone where it has none. */
  readonly repeats: readonly [RunHeader, ...RunHeader[]];
  /** Fewer items than another run of the same suite: the accuracies do not stand on the same questions. */
  readonly partial: boolean;
}

export interface Matrix {
  /** One for each content of a suite: two versions of a suite are two columns. */
  readonly columns: readonly SuiteRef[];
  readonly rows: readonly MatrixRow[];
}

/**
 * Test subjects against suites. Only finished runs count: half a run would stand beside whole ones. Where a subject
 * has several, the one that asked most items is shown, and of those the latest.
 */
export function matrixOf(headers: readonly RunHeader[]): Matrix {
  const finished = headers.filter((header) => header.state.kind === 'finished');
  const columns = [...new Map(finished.map(({ spec }) => [spec.suite.hash, spec.suite])).values()].sort(bySuite);
  const mostItems = new Map(columns.map(({ hash }) => [hash, longest(finished.filter((h) => isOf(h, hash)))]));
  const rows = [...groupBy(finished, subjectKey)].map(([key, runs]): MatrixRow | null => {
    const [any] = runs;
    if (any === undefined) return null;
    const cells = columns.map(({ hash }) =>
      cellOf(
        runs.filter((h) => isOf(h, hash)),
        mostItems.get(hash) ?? 0,
      ),
    );
    const { model, promptVariant, thinking, sampling } = any.spec;
    const thinks = thinking === undefined ? {} : { thinking };
    return {
      key,
      model,
      device: any.environment.device,
      promptVariant,
      ...thinks,
      sampling,
      imported: isImported(any),
      cells,
    };
  });
  return { columns, rows: rows.filter((row) => row !== null).sort(bySubject) };
}

function cellOf(runs: readonly RunHeader[], mostItems: number): MatrixCell | null {
  const [run] = [...runs].sort(fullestThenLatest);
  if (run === undefined) return null;
  return { run, runs: runs.length, repeats: countedWith(run, runs), partial: run.spec.itemIds.length < mostItems };
}

function subjectKey(header: RunHeader): string {
  const { promptVariant, thinking, sampling } = header.spec;
  const { id, revision, build } = header.spec.model;
  const { device } = header.environment;
  const drawn = sampling.kind === 'greedy' ? [] : [canonicalJson({ ...sampling, seed: 0 })];
  const asked = [promptVariant, ...drawn, ...(thinking === undefined ? [] : [canonicalJson(thinking)])];
  return JSON.stringify([id, revision, build.engine, build.quantisation, device, ...asked, isImported(header)]);
}

function isImported(header: RunHeader): boolean {
  return header.origin === 'imported';
}

function isOf(header: RunHeader, suiteHash: string): boolean {
  return header.spec.suite.hash === suiteHash;
}

function longest(headers: readonly RunHeader[]): number {
  return Math.max(0, ...headers.map((header) => header.spec.itemIds.length));
}

function fullestThenLatest(a: RunHeader, b: RunHeader): number {
  const items = b.spec.itemIds.length - a.spec.itemIds.length;
  return items !== 0 ? items : compareText(b.startedAt, a.startedAt);
}

function bySuite(a: SuiteRef, b: SuiteRef): number {
  return compareText(a.id, b.id) || compareText(b.version, a.version) || compareText(a.hash, b.hash);
}

function bySubject(a: MatrixRow, b: MatrixRow): number {
  return (
    Number(a.imported) - Number(b.imported) || compareText(a.model.name, b.model.name) || compareText(a.key, b.key)
  );
}

/** By code unit: the same order in every browser and language. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
