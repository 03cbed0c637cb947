import { inspectFile, type Inspection, type Writing } from '../../../src/sharing/suites/inspect.ts';
import { previewSuite, readSuite, type ImportOptions, type ReadSuite } from '../../../src/sharing/suites/read.ts';

export const AS_FOUND: Writing = { encoding: null, delimiter: null, head: true };

/** Options as the page makes them from what the beginning of the file says. */
export async function optionsFor(file: Blob, change: Partial<ImportOptions> = {}): Promise<ImportOptions> {
  const { formats, guessed } = await inspected(file, change.writing);
  const format = formats[0]?.id ?? 'table';
  const take = { kind: 'first', count: 5_000 } as const;
  return {
    format,
    columns: guessed,
    unit: null,
    language: null,
    title: 'Imported',
    licence: '',
    file: 'f',
    writing: AS_FOUND,
    take,
    ...change,
  };
}

/** Throws where the file holds no data. */
async function inspected(file: Blob, writing = AS_FOUND): Promise<Inspection> {
  const found = await inspectFile(file, writing);
  if (found.kind === 'unreadable') throw new Error(found.what);
  return found.inspection;
}

export async function inspect(content: BlobPart, writing = AS_FOUND): Promise<Inspection> {
  return inspected(new Blob([content]), writing);
}

export async function read(content: BlobPart, change: Partial<ImportOptions> = {}): Promise<ReadSuite> {
  const file = new Blob([content]);
  return readSuite(file, await optionsFor(file, change));
}

/** The suite and its report; throws where nothing was read. */
export async function imported(
  content: BlobPart,
  change: Partial<ImportOptions> = {},
): Promise<Extract<ReadSuite, { kind: 'read' }>> {
  const result = await read(content, change);
  if (result.kind !== 'read') throw new Error(JSON.stringify(result));
  return result;
}

export async function preview(text: string, change: Partial<ImportOptions> = {}): ReturnType<typeof previewSuite> {
  const file = new Blob([text]);
  return previewSuite(file, await optionsFor(file, change));
}
