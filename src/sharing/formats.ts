import type { RunHeader } from '#domain';
import { csvFormat } from './csv.ts';
import { lmEvalArchive } from './lmEval.ts';
import { markdownFormat } from './markdown.ts';
import { recordFormat, type RunRecord } from './record.ts';

/** A file that a run can be saved as. */
export interface RunFormat {
  readonly id: string;
  /** Without the point. */
  readonly extension: string;
  readonly mediaType: string;
  /** The whole file. `words`: heads of tables that people read, in their language. */
  write(run: RunRecord, words: TableWords): string;
}

/** Several files that belong together, packed into one. */
export interface RunArchive {
  readonly id: string;
  /** Without the first point. */
  readonly extension: string;
  readonly mediaType: string;
  /** Throws a FailureError: `suite-missing` where the format needs the questions and they are not at hand. */
  files(run: RunRecord): readonly ArchiveFile[];
}

export interface ArchiveFile {
  /** With slashes. */
  readonly path: string;
  readonly text: string;
}

export interface TableWords {
  readonly item: string;
  readonly answer: string;
  readonly result: string;
  /** Of the column with what a person judged; it is left out where nobody did. */
  readonly judged: string;
}

/** Every format, in the order in which they are offered. */
export const RUN_FORMATS = [recordFormat, csvFormat, markdownFormat] as const;
export const RUN_ARCHIVES: readonly RunArchive[] = [lmEvalArchive];

/** A ZIP file of the texts, in UTF-8. */
export async function packed(files: readonly ArchiveFile[]): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import('fflate');
  // A copy in a buffer of its own: fflate's types do not say that it is not a shared one.
  return new Uint8Array(
    zipSync(Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)])), { level: 6 }),
  );
}

/** "tabeval_SmolLM2-135M-Instruct-q4_reading_2026-03-01.json": letters and digits of any script, and no path. */
export function fileName({ spec, startedAt }: RunHeader, format: Pick<RunFormat, 'extension'>): string {
  const parts = [`${spec.model.name}-${spec.model.build.quantisation}`, spec.suite.id, startedAt.slice(0, 10)];
  const plain = parts.map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 60));
  return `tabeval_${plain.join('_')}.${format.extension}`;
}
