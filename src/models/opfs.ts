/**
 * Imported models in the origin private file system: one folder for each, "models/<id>", with the model's files as they
 * were and a record that is written last. A folder without its record is an import that did not end, or a download that
 * may go on.
 */
import { failure, FailureError, type ModelCard, type ModelFile, type ModelRef } from '#domain';
import type { FolderFile } from './folder.ts';
import type { ChosenBuild } from './inspect.ts';
import { ROOT } from './mayHoldModels.ts';
import { folderCard, sameModel, type AddOptions, type ModelStore } from './modelStore.ts';
import { privateFailure, refuseIfFull, removeFolder, writeFile } from './privateFiles.ts';
import { readFile } from './readFile.ts';
import { hasNote, lockOf, openRoot, readRecord, unavailable, writeRecord } from './record.ts';

interface Kept {
  readonly card: ModelCard;
  /** Name of its folder in ROOT. */
  readonly folder: string;
}

/** Rejects with `storage-unavailable` where the browser has no such storage, or cannot write it from a page. */
export async function opfsModelStore(): Promise<ModelStore> {
  // Safari writes from pages since version 26; older ones only from workers.
  if (!('createWritable' in FileSystemFileHandle.prototype)) throw unavailable('no createWritable');
  const root = await openRoot();

  async function kept(): Promise<readonly Kept[]> {
    const found: Kept[] = [];
    for await (const [folder, handle] of root.entries()) {
      if (handle.kind !== 'directory') continue;
      const card = await readRecord(handle);
      if (card === 'unreadable') continue;
      if (card === 'absent') await removeUnfinished(root, folder, handle);
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

/** Unless another tab is writing it just now, or it is a download that may go on. */
async function removeUnfinished(
  root: FileSystemDirectoryHandle,
  folder: string,
  handle: FileSystemDirectoryHandle,
): Promise<void> {
  await navigator.locks.request(lockOf(folder), { ifAvailable: true }, async (lock) => {
    if (lock === null || (await hasNote(handle))) return;
    // It may have been finished since it was looked at.
    const card = await readRecord(await root.getDirectoryHandle(folder)).catch(() => 'unreadable' as const);
    if (card === 'absent') await removeFolder(root, folder);
  });
}
