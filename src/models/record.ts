/** What stands in a model's folder beside its files: the record of a whole model, or the note of an unfinished download. */
import { failure, FailureError, modelRefSchema, THINKING_ABILITIES, TRUST, type ModelCard } from '#domain';
import * as v from 'valibot';
import { ROOT } from './mayHoldModels.ts';
import { writeFile } from './privateFiles.ts';

const RECORD = 'tabeval-model.json';
export const NOTE = 'tabeval-download.json';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const recordSchema = v.object({
  schema: v.literal(1),
  card: v.object({
    ref: modelRefSchema,
    contextLength: count,
    parameters: v.nullable(count),
    bytes: count,
    thinks: v.exactOptional(v.picklist(THINKING_ABILITIES)),
    trust: v.exactOptional(v.picklist(TRUST)),
  }),
});

/** Held while a folder is written, by whichever tab writes it. */
export function lockOf(folder: string): string {
  return `tabeval-import-${folder}`;
}

/** Rejects with `storage-unavailable`. */
export async function openRoot(): Promise<FileSystemDirectoryHandle> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
  } catch (thrown) {
    throw unavailable(String(thrown));
  }
}

export function unavailable(detail: string): FailureError {
  return new FailureError(failure('storage-unavailable', detail));
}

export async function writeRecord(folder: FileSystemDirectoryHandle, card: ModelCard): Promise<void> {
  const record = JSON.stringify({ schema: 1, card });
  await writeFile(folder, RECORD, (write) => write(new TextEncoder().encode(record)));
}

/** `unreadable`: written by a later version of this page, which may read it again. It is left alone. */
export async function readRecord(folder: FileSystemDirectoryHandle): Promise<ModelCard | 'absent' | 'unreadable'> {
  let text: string;
  try {
    text = await (await (await folder.getFileHandle(RECORD)).getFile()).text();
  } catch {
    return 'absent';
  }
  try {
    return v.parse(recordSchema, JSON.parse(text)).card;
  } catch {
    return 'unreadable';
  }
}

export async function hasNote(folder: FileSystemDirectoryHandle): Promise<boolean> {
  return folder.getFileHandle(NOTE).then(
    () => true,
    () => false,
  );
}
