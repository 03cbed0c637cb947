/**
 * Unfinished downloads in the origin private file system: each in the folder where its model will be, with a note in
 * place of the record. So nothing is copied at the end: the record is written, and the model is there.
 */
import { DownloadError, planKey, type ModelCard } from '#domain';
import * as v from 'valibot';
import { privateFailure, removeFolder, writeFile } from '../privateFiles.ts';
import { ROOT } from '../mayHoldModels.ts';
import { sameModel } from '../modelStore.ts';
import { lockOf, NOTE, openRoot, readRecord, writeRecord } from '../record.ts';
import { noteSchema } from './noteSchema.ts';
import type { Note, PartialModel, Partials } from './partials.ts';
import { partWorker, type PartWorker } from './partWorker.ts';

/** While a new download gets its folder. */
const OPENING = 'tabeval-downloads';

export async function opfsPartials(): Promise<Partials> {
  const root = await openRoot();

  async function list(): Promise<readonly PartialModel[]> {
    const found: PartialModel[] = [];
    for await (const [folder, handle] of root.entries()) {
      if (handle.kind !== 'directory' || (await readRecord(handle)) !== 'absent') continue;
      const note = await readNote(handle);
      if (note !== null) found.push(partial(root, folder, note));
    }
    return found;
  }

  return {
    list,
    open: (plan) =>
      navigator.locks.request(OPENING, async () => {
        const key = planKey(plan);
        const before = (await list()).find(({ note }) => planKey(note.plan) === key);
        if (before !== undefined) return before;
        const opened = partial(root, crypto.randomUUID(), { plan, seen: {}, done: {} });
        await opened.keep(opened.note);
        return opened;
      }),
  };
}

function partial(root: FileSystemDirectoryHandle, folder: string, first: Note): PartialModel {
  let note = first;
  let worker: PartWorker | null = null;
  const directory = `${ROOT}/${folder}`;
  const handle = (): Promise<FileSystemDirectoryHandle> => root.getDirectoryHandle(folder, { create: true });

  async function file(path: string): Promise<File | null> {
    const names = path.split('/');
    const name = names.pop() ?? '';
    try {
      let parent = await handle();
      for (const part of names) parent = await parent.getDirectoryHandle(part);
      return await (await parent.getFileHandle(name)).getFile();
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return null;
      throw privateFailure(thrown);
    }
  }

  return {
    get note() {
      return note;
    },
    async keep(changed) {
      note = changed;
      const text = new TextEncoder().encode(JSON.stringify({ schema: 1, note }));
      await writeFile(await handle(), NOTE, (write) => write(text)).catch((thrown: unknown) => {
        throw privateFailure(thrown);
      });
    },
    bytes: async (path) => (await file(path))?.size ?? 0,
    part: (path) => (worker ??= partWorker()).open(directory, path),
    read: async (path) => (await file(path)) ?? new Blob(),
    async commit(card) {
      const before = await findSame(root, card);
      if (before !== null) {
        await removeFolder(root, folder);
        return before;
      }
      const own = await handle();
      await writeRecord(own, card);
      await own.removeEntry(NOTE);
      return card;
    },
    discard: () => removeFolder(root, folder),
    hold: (work) =>
      navigator.locks.request(lockOf(folder), { ifAvailable: true }, async (lock) => {
        if (lock === null) throw new DownloadError('in-use', note.plan.repository);
        try {
          return await work();
        } finally {
          worker?.end();
          worker = null;
        }
      }),
  };
}

/** The same weights may have come by another way while this download was waiting. */
async function findSame(root: FileSystemDirectoryHandle, card: ModelCard): Promise<ModelCard | null> {
  for await (const handle of root.values()) {
    if (handle.kind !== 'directory') continue;
    const found = await readRecord(handle);
    if (typeof found === 'object' && sameModel(found.ref, card.ref)) return found;
  }
  return null;
}

/** Null: there is none, or one of a later version of this page, which is left alone. */
async function readNote(folder: FileSystemDirectoryHandle): Promise<Note | null> {
  try {
    const text = await (await (await folder.getFileHandle(NOTE)).getFile()).text();
    return v.parse(noteSchema, JSON.parse(text)).note;
  } catch {
    return null;
  }
}
