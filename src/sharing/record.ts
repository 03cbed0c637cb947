import {
  decodeHeader,
  decodeItem,
  decodeOverride,
  decodeSuite,
  suiteHash,
  verdictLetter,
  type Decoded,
  type DecodeProblem,
  type ItemRecord,
  type Override,
  type RunHeader,
  type Suite,
} from '#domain';
import type { RunFormat } from './formats.ts';

/** A whole run: what the file of a run holds. */
export interface RunRecord {
  readonly header: RunHeader;
  readonly items: readonly ItemRecord[];
  /** The suite itself, so that the outputs can be graded again elsewhere; null where it is not at hand. */
  readonly suite: Suite | null;
  /** What people judged of the answers. Absent: nothing. */
  readonly overrides?: readonly Override[];
}

const FORMAT = 'tabeval-run';
/** Of a file with several runs. */
const SEVERAL = 'tabeval-runs';
const SCHEMA = 1;
/** Runs that one file may hold. */
const MOST_RUNS = 1_000;

/** Characters of a file that is read at all. A run of 1,000 items with long passages has about 5 million. */
export const LONGEST_RECORD = 50_000_000;

export const recordFormat: RunFormat = {
  id: 'record',
  extension: 'json',
  mediaType: 'application/json',
  write: ({ header, items, suite, overrides = [] }) => {
    const judged = overrides.length > 0 ? { overrides } : {};
    return `${JSON.stringify({ format: FORMAT, schema: SCHEMA, header, items, suite, ...judged }, null, 1)}\n`;
  },
};

/** Several runs of one suite in one file, which is read back as they are one by one; the suite stands there once. */
export function runsFile(runs: readonly RunRecord[], suite: Suite | null): string {
  const parts = runs.map(({ header, items, overrides = [] }) => ({
    header,
    items,
    ...(overrides.length > 0 ? { overrides } : {}),
  }));
  return `${JSON.stringify({ format: SEVERAL, schema: SCHEMA, suite, runs: parts }, null, 1)}\n`;
}

export type RecordProblem =
  | { readonly code: 'too-long'; readonly length: number; readonly limit: number }
  | { readonly code: 'not-json'; readonly detail: string }
  /** JSON, but not the file of a run. */
  | { readonly code: 'not-a-record' }
  | { readonly code: 'newer-version'; readonly found: number; readonly known: number }
  /** `at`: the places and what is wrong there, in English, for a report. */
  | { readonly code: 'wrong-shape'; readonly at: readonly string[] }
  /** Its parts contradict each other. */
  | { readonly code: 'disagrees'; readonly at: readonly string[] };

export type ReadRecord =
  { readonly ok: true; readonly record: RunRecord } | { readonly ok: false; readonly problem: RecordProblem };

export type ReadRecords =
  | { readonly ok: true; readonly records: readonly [RunRecord, ...RunRecord[]] }
  | { readonly ok: false; readonly problem: RecordProblem };

/** The runs in a file of one run or of several, each read as by `readRecord`; one that is wrong refuses the file. */
export function readRecords(text: string): ReadRecords {
  const file = parseFile(text, [FORMAT, SEVERAL]);
  if (!file.ok) return file;
  const { format, runs, suite } = file.fields;
  const parts: unknown = format === SEVERAL ? runs : [file.fields];
  if (!Array.isArray(parts) || parts.length > MOST_RUNS) return refuse({ code: 'wrong-shape', at: ['runs'] });
  const records: RunRecord[] = [];
  for (const [n, part] of (parts as readonly unknown[]).entries()) {
    if (!isFields(part)) return refuse({ code: 'wrong-shape', at: [`runs[${n}]`] });
    const read = decodeParts(format === SEVERAL ? { ...part, suite } : part);
    if (!read.ok) return refuse(format === SEVERAL ? within(`runs[${n}]`, read.problem) : read.problem);
    records.push(read.record);
  }
  const [first, ...others] = records;
  return first === undefined
    ? refuse({ code: 'wrong-shape', at: ['runs'] })
    : { ok: true, records: [first, ...others] };
}

function within(part: string, problem: RecordProblem): RecordProblem {
  return 'at' in problem ? { ...problem, at: problem.at.map((place) => `${part}.${place}`) } : problem;
}

/**
 * The run in a file, marked as imported. Everything in it has passed its schema, and its parts agree: items, letters,
 * suite. Never throws. Whether the figures are true nobody can tell: whoever shows them says where they come from.
 */
export function readRecord(text: string): ReadRecord {
  const file = parseFile(text, [FORMAT]);
  return file.ok ? decodeParts(file.fields) : file;
}

function parseFile(text: string, formats: readonly string[]): { readonly ok: true; readonly fields: Fields } | Refused {
  if (text.length > LONGEST_RECORD) {
    return refuse({ code: 'too-long', length: text.length, limit: LONGEST_RECORD });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (thrown) {
    return refuse({ code: 'not-json', detail: String(thrown) });
  }
  if (!isFields(parsed) || !formats.some((format) => format === parsed.format)) return refuse({ code: 'not-a-record' });
  if (typeof parsed.schema === 'number' && parsed.schema > SCHEMA) {
    return refuse({ code: 'newer-version', found: parsed.schema, known: SCHEMA });
  }
  if (parsed.schema !== SCHEMA) return refuse({ code: 'wrong-shape', at: ['schema'] });
  return { ok: true, fields: parsed };
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function decodeParts(file: Fields): ReadRecord {
  const header = decodeHeader(file.header);
  if (!header.ok) return refuse(ofPart('header', header.problem));
  const items = decodeAll('items', file.items, decodeItem);
  if (!items.ok) return items;
  const overrides = decodeAll('overrides', file.overrides ?? [], decodeOverride);
  if (!overrides.ok) return overrides;
  const suite = (file.suite ?? null) === null ? null : decodeSuite(file.suite);
  if (suite !== null && !suite.ok) {
    return refuse({ code: 'wrong-shape', at: suite.problems.map(({ path, code }) => `suite.${path}: ${code}`) });
  }
  const record: RunRecord = {
    header: imported(header.value),
    items: items.values,
    suite: suite?.suite ?? null,
    ...(overrides.values.length > 0 ? { overrides: overrides.values } : {}),
  };
  const at = [...disagreements(record)];
  return at.length > 0 ? refuse({ code: 'disagrees', at }) : { ok: true, record };
}

type Refused = Extract<ReadRecord, { ok: false }>;

function decodeAll<T>(
  part: string,
  list: unknown,
  decode: (stored: unknown) => Decoded<T>,
): { readonly ok: true; readonly values: readonly T[] } | Refused {
  if (!Array.isArray(list)) return refuse({ code: 'wrong-shape', at: [part] });
  const values: T[] = [];
  for (const [n, stored] of (list as readonly unknown[]).entries()) {
    const decoded = decode(stored);
    if (!decoded.ok) return refuse(ofPart(`${part}[${n}]`, decoded.problem));
    values.push(decoded.value);
  }
  return { ok: true, values };
}

/** Marked, and not `running`: whatever ran it does not run it here. */
function imported(header: RunHeader): RunHeader {
  return { ...header, origin: 'imported', state: header.state.kind === 'running' ? { kind: 'stopped' } : header.state };
}

/** Lines of one report. */
const MOST_PROBLEMS = 10;

function* disagreements({ header, items, suite, overrides = [] }: RunRecord): Generator<string> {
  const { itemIds } = header.spec;
  if (suite !== null && suiteHash(suite) !== header.spec.suite.hash) yield 'suite: not the one that was asked';
  const seen = new Set<number>();
  let problems = 0;
  for (const [n, item] of items.entries()) {
    const problem = disagreement(item, header, itemIds[item.index], seen);
    seen.add(item.index);
    if (problem === null) continue;
    yield `items[${n}]: ${problem}`;
    problems += 1;
    if (problems === MOST_PROBLEMS) return;
  }
  const judged = new Set<number>();
  for (const [n, { runId, index }] of overrides.entries()) {
    if (runId !== header.id || itemIds[index] === undefined || judged.has(index)) {
      yield `overrides[${n}]: not the one judgement of an item of this run`;
      return;
    }
    judged.add(index);
  }
}

function disagreement(
  item: ItemRecord,
  header: RunHeader,
  itemId: string | undefined,
  seen: ReadonlySet<number>,
): string | null {
  if (item.runId !== header.id) return 'of another run';
  if (itemId === undefined) return `no item has the index ${item.index}`;
  if (seen.has(item.index)) return `the index ${item.index} comes twice`;
  if (item.itemId !== itemId) return `its id is not that of index ${item.index}`;
  if (header.verdicts[item.index] !== verdictLetter(item.verdict)) return 'its verdict is not the one in the header';
  return null;
}

function ofPart(part: string, problem: DecodeProblem): RecordProblem {
  if (problem.kind === 'newer') return { code: 'newer-version', found: problem.found, known: problem.known };
  return { code: 'wrong-shape', at: problem.at.map((place) => `${part}.${place}`) };
}

function refuse(problem: RecordProblem): Refused {
  return { ok: false, problem };
}
