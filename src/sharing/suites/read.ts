import { decodeSuite, failure, FailureError, SUITE_LIMITS, type Suite, type SuiteProblem } from '#domain';
import { buildSuite, type SuiteNames } from './build.ts';
import { questionProblem } from './caps.ts';
import type { Entry } from './cut/entry.ts';
import { textOf } from './cut/text.ts';
import { entriesOf, type Cut } from './entries.ts';
import type { EntryFormat, Question, ReadChoice, WholeFormat } from './format.ts';
import { headOf, type Writing } from './inspect.ts';
import type { ImportProblem, ImportProblemCode, PlacedProblem } from './problem.ts';
import { suiteFormat, type SuiteFormatId } from './registry.ts';
import { taker, type Take } from './take.ts';

/** Bytes of a file of our own, which is parsed as a whole. */
const LARGEST_SUITE = 100_000_000;
/** Bytes and entries from which the preview is made. */
const PREVIEW_HEAD = 2_000_000;
const PREVIEWED = 8;
/** Problems that are told one by one; all are counted. */
const MOST_PROBLEMS = 50;

export interface ImportOptions extends SuiteNames, ReadChoice {
  readonly format: SuiteFormatId;
  readonly writing: Writing;
  readonly take: Take;
  /** Name of the file, for the line that says where the items are from. */
  readonly file: string;
}

/** A question of the beginning, read as it will be. */
export type Previewed =
  | { readonly line: number; readonly ok: true; readonly question: Question }
  | { readonly line: number; readonly ok: false; readonly problem: ImportProblem };

/** What became of the entries of a file. */
export interface ImportReport {
  /** Questions that could be read. */
  readonly found: number;
  /** What could not, by reason. */
  readonly skipped: Readonly<Partial<Record<ImportProblemCode, number>>>;
  /** The first of them. */
  readonly problems: readonly PlacedProblem[];
}

export type ReadSuite =
  | { readonly kind: 'read'; readonly suite: Suite; readonly report: ImportReport }
  /** Not one question could be read. */
  | { readonly kind: 'nothing'; readonly report: ImportReport }
  /** A suite file with mistakes in it. */
  | { readonly kind: 'refused'; readonly problems: readonly SuiteProblem[] };

/**
 * Reads a whole file in pieces; what cannot be read is left out and told. `onBytes` is told how far it is. Rejects with
 * a FailureError (`invalid-input`: a suite file that is too large or no JSON).
 */
export async function readSuite(
  file: Blob,
  options: ImportOptions,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<ReadSuite> {
  const format = suiteFormat(options.format);
  const { cut } = await headOf(file, options.writing);
  if (format.kind === 'whole') return readWhole(file, format, cut, onBytes);
  const count = Math.min(Math.max(1, options.take.count), SUITE_LIMITS.items);
  const questions = taker<Question>({ ...options.take, count });
  const skipped: Partial<Record<ImportProblemCode, number>> = {};
  const problems: PlacedProblem[] = [];
  for await (const entries of entriesOf(file, cut, format, onBytes)) {
    for (const outcome of outcomesOf(entries, format, options)) {
      if (outcome.ok) questions.offer(outcome.question);
      else {
        const { problem, line } = outcome;
        skipped[problem.code] = (skipped[problem.code] ?? 0) + 1;
        if (problems.length < MOST_PROBLEMS) problems.push({ ...problem, line });
      }
    }
  }
  const report: ImportReport = { found: questions.offered, skipped, problems };
  if (questions.offered === 0) return { kind: 'nothing', report };
  return finished(buildSuite(questions.kept(), format, options, originOf(options, questions.offered, count)), report);
}

/** Every suite passes the schema before anyone uses it, this one too. */
function finished(suite: Suite, report: ImportReport): ReadSuite {
  const decoded = decodeSuite(suite);
  return decoded.ok ? { kind: 'read', suite: decoded.suite, report } : { kind: 'refused', problems: decoded.problems };
}

/** The first questions, as the options read them. Never rejects for what is in the file. */
export async function previewSuite(file: Blob, options: ImportOptions): Promise<readonly Previewed[]> {
  const format = suiteFormat(options.format);
  if (format.kind === 'whole') return [];
  const { cut } = await headOf(file, options.writing);
  const shown: Previewed[] = [];
  for await (const entries of entriesOf(file.slice(0, PREVIEW_HEAD), cut, format, () => undefined)) {
    for (const outcome of outcomesOf(entries, format, options)) {
      // The head ends somewhere: what is cut off there is no mistake of the file.
      const isCut = !outcome.ok && outcome.problem.code === 'unfinished' && file.size > PREVIEW_HEAD;
      if (!isCut) shown.push(outcome);
      if (shown.length === PREVIEWED) return shown;
    }
  }
  return shown;
}

function* outcomesOf(entries: readonly Entry[], format: EntryFormat, choice: ReadChoice): Generator<Previewed> {
  for (const entry of entries) {
    const { line } = entry;
    if (!entry.ok) {
      yield entry;
      continue;
    }
    for (const outcome of format.read(entry.value, choice)) {
      const problem = outcome.ok ? questionProblem(outcome.question) : null;
      yield problem === null ? { line, ...outcome } : { line, ok: false, problem };
    }
  }
}

async function readWhole(
  file: Blob,
  format: WholeFormat,
  cut: Cut,
  onBytes: (bytes: number) => void,
): Promise<ReadSuite> {
  if (file.size > LARGEST_SUITE) throw invalid(`${file.size} bytes > ${LARGEST_SUITE}`);
  const pieces: string[] = [];
  for await (const piece of textOf(file, cut.encoding, onBytes)) pieces.push(piece);
  const decoded = format.decode(parsed(pieces.join('')));
  if (!decoded.ok) return { kind: 'refused', problems: decoded.problems };
  const { suite } = decoded;
  return { kind: 'read', suite, report: { found: suite.items.length, skipped: {}, problems: [] } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw invalid(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function invalid(detail: string): FailureError {
  return new FailureError(failure('invalid-input', detail));
}

/** "gsm8k.jsonl: 500 of 1319, sample, seed 7": figures and names, the same in every language. */
function originOf({ file, take }: ImportOptions, found: number, count: number): string {
  if (found <= count) return `${file}: ${found}`;
  return `${file}: ${count}/${found}${take.kind === 'sample' ? ` (seed ${take.seed})` : ''}`;
}
