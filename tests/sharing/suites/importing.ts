import { inspectFile, type Inspection } from '../../../src/sharing/suites/inspect.ts';
import { previewSuite, readSuite, type ImportOptions, type ReadSuite } from '../../../src/sharing/suites/read.ts';

/** Options as the page makes them from what the beginning of the file says. */
export async function optionsFor(file: Blob, change: Partial<ImportOptions> = {}): Promise<ImportOptions> {
  const { formats, guessed } = await inspectFile(file);
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
    take,
    ...change,
  };
}

export async function inspect(text: string): Promise<Inspection> {
  return inspectFile(new Blob([text]));
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
