/**
 * Imported models in the origin private file system: one folder for each, "models/<id>", with the model's files as they
 * were and a record that is written last. A folder without its record is an import that did not end.
 */
import { failure, FailureError, modelRefSchema, type ModelCard, type ModelFile, type ModelRef } from '#domain';
import * as v from 'valibot';
import type { FolderFile } from './folder.ts';
import type { ChosenBuild } from './inspect.ts';
import { folderCard, sameModel, type AddOptions, type ModelStore } from './modelStore.ts';
import { privateFailure, refuseIfFull, removeFolder, writeFile } from './privateFiles.ts';
import { readFile } from './readFile.ts';

const ROOT = 'models';
const RECORD = 'tabeval-model.json';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const recordSchema = v.object({
  schema: v.literal(1),
  card: v.object({ ref: modelRefSchema, contextLength: count, parameters: v.nullable(count), bytes: count }),
});

interface Kept {
  readonly card: ModelCard;
  /** Name of its folder in ROOT. */
  readonly folder: string;
}

/** Held while a folder is written, by whichever tab writes it. */
function lockOf(folder: string): string {
  return `tabeval-import-${folder}`;
}

/** Rejects with `storage-unavailable` where the browser has no such storage, or cannot write it from a page. */
export async function opfsModelStore(): Promise<ModelStore> {
  // Safari writes from pages since version 26; older ones only from workers.
  if (!('createWritable' in FileSystemFileHandle.prototype)) throw unavailable('no createWritable');
  const root = await open();

  async function kept(): Promise<readonly Kept[]> {
    const found: Kept[] = [];
    for await (const [folder, handle] of root.entries()) {
      if (handle.kind !== 'directory') continue;
      const card = await readRecord(handle);
      if (card === 'unreadable') continue;
      if (card === 'absent') await removeUnfinished(root, folder);
      else found.push({ card, folder });
    }
    return found.sort((a, b) => (a.card.ref.name < b.card.ref.name ? -1 : 1));
  }

  const find = async (ref: ModelRef): Promise<Kept | undefined> =>
    (await kept()).find((model) => sameModel(model.card.ref, ref));

  return {
    list: async () => (await kept()).map((model) => model.card),
    async add(build, options) {
      await refuseIfFull(build.files.reduce((sum, f) => sum + f.file.size, 0));
      const folder = crypto.randomUUID();
      return navigator.locks.request(lockOf(folder), async () => {
        try {
          const card = folderCard(
            build,
            await copy(build, await root.getDirectoryHandle(folder, { create: true }), options),
          );
          const before = await find(card.ref);
          if (before === undefined) await writeRecord(await root.getDirectoryHandle(folder), card);
          else await removeFolder(root, folder);
          return before?.card ?? card;
        } catch (thrown) {
          await removeFolder(root, folder);
          throw options.signal.aborted ? options.signal.reason : privateFailure(thrown);
        }
      });
    },
    async source(ref) {
      const found = await find(ref);
      if (found === undefined) throw new FailureError(failure('files-missing', ref.id));
      return { kind: 'opfs', directory: `${ROOT}/${found.folder}` };
    },
    async remove(ref) {
      const found = await find(ref);
      if (found !== undefined) await removeFolder(root, found.folder);
    },
  };
}

async function open(): Promise<FileSystemDirectoryHandle> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
  } catch (thrown) {
    throw unavailable(String(thrown));
  }
}

function unavailable(detail: string): FailureError {
  return new FailureError(failure('storage-unavailable', detail));
}

async function copy(
  build: ChosenBuild,
  folder: FileSystemDirectoryHandle,
  { onProgress, signal }: AddOptions,
): Promise<readonly ModelFile[]> {
  const totalBytes = build.files.reduce((sum, f) => sum + f.file.size, 0);
  let loadedBytes = 0;
  const copied: ModelFile[] = [];
  for (const file of build.files) copied.push(await copyFile(file));
  return copied;

  function copyFile(file: FolderFile): Promise<ModelFile> {
    return writeFile(folder, file.path, (write) =>
      readFile(file, {
        signal,
        async onPiece(piece) {
          await write(piece);
          onProgress((loadedBytes += piece.byteLength), totalBytes);
        },
      }),
    );
  }
}

async function writeRecord(folder: FileSystemDirectoryHandle, card: ModelCard): Promise<void> {
  const record = JSON.stringify({ schema: 1, card });
  await writeFile(folder, RECORD, (write) => write(new TextEncoder().encode(record)));
}

/** `unreadable`: written by a later version of this page, which may read it again. It is left alone. */
async function readRecord(folder: FileSystemDirectoryHandle): Promise<ModelCard | 'absent' | 'unreadable'> {
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

/** Unless another tab is writing it just now. */
async function removeUnfinished(root: FileSystemDirectoryHandle, folder: string): Promise<void> {
  await navigator.locks.request(lockOf(folder), { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    // It may have been finished since it was looked at.
    const card = await readRecord(await root.getDirectoryHandle(folder)).catch(() => 'unreadable' as const);
    if (card === 'absent') await removeFolder(root, folder);
  });
}
