import type { RunHeader } from '#domain';
import { csvFormat } from './csv.ts';
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

export interface TableWords {
  readonly item: string;
  readonly answer: string;
  readonly result: string;
}

/** Every format, in the order in which they are offered. */
export const RUN_FORMATS = [recordFormat, csvFormat, markdownFormat] as const;

/** "tabeval_SmolLM2-135M-Instruct-q4_reading_2026-03-01.json": letters and digits of any script, and no path. */
export function fileName({ spec, startedAt }: RunHeader, format: RunFormat): string {
  const parts = [`${spec.model.name}-${spec.model.build.quantisation}`, spec.suite.id, startedAt.slice(0, 10)];
  const plain = parts.map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 60));
  return `tabeval_${plain.join('_')}.${format.extension}`;
}
