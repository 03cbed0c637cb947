/** Unfinished downloads where the browser refuses storage: gone with the tab, and so is what they become. */
import { DownloadError, planKey, type DownloadPlan, type ModelCard } from '#domain';
import { createSHA256, type IHasher } from 'hash-wasm';
import type { Note, Part, PartialModel, Partials } from './partials.ts';

/** Gets the finished model with its files, by path. */
export type KeepModel = (card: ModelCard, files: ReadonlyMap<string, Blob>) => ModelCard;

interface Held {
  note: Note;
  readonly files: Map<string, Blob[]>;
  busy: boolean;
}

export function memoryPartials(keepModel: KeepModel): Partials {
  const kept = new Map<string, Held>();
  return {
    list: () => Promise.resolve([...kept].map(([key, held]) => partial(key, held))),
    open(plan: DownloadPlan) {
      const key = planKey(plan);
      const held = kept.get(key) ?? { note: { plan, seen: {}, done: {} }, files: new Map(), busy: false };
      kept.set(key, held);
      return Promise.resolve(partial(key, held));
    },
  };

  function partial(key: string, held: Held): PartialModel {
    const read = (path: string): Blob => new Blob(held.files.get(path) ?? []);
    return {
      get note() {
        return held.note;
      },
      keep(note) {
        held.note = note;
        return Promise.resolve();
      },
      bytes: (path) => Promise.resolve(read(path).size),
      part: (path) => openPart(held.files, path),
      read: (path) => Promise.resolve(read(path)),
      commit(card) {
        kept.delete(key);
        const files = card.ref.files.map((file) => [file.path, read(file.path)] as const);
        return Promise.resolve(keepModel(card, new Map(files)));
      },
      discard() {
        kept.delete(key);
        return Promise.resolve();
      },
      async hold(work) {
        if (held.busy) throw new DownloadError('in-use', held.note.plan.repository);
        held.busy = true;
        try {
          return await work();
        } finally {
          held.busy = false;
        }
      },
    };
  }
}

async function openPart(files: Map<string, Blob[]>, path: string): Promise<Part> {
  const hash: IHasher = await createSHA256();
  let bytes = 0;
  for (const piece of files.get(path) ?? []) {
    hash.update(new Uint8Array(await piece.arrayBuffer()));
    bytes += piece.size;
  }
  return {
    get bytes() {
      return bytes;
    },
    append(piece) {
      hash.update(piece);
      bytes += piece.byteLength;
      const pieces = files.get(path);
      if (pieces === undefined) files.set(path, [new Blob([piece])]);
      else pieces.push(new Blob([piece]));
      return Promise.resolve();
    },
    restart() {
      hash.init();
      bytes = 0;
      files.delete(path);
      return Promise.resolve();
    },
    digest: () => Promise.resolve(hash.digest('hex')),
    close: () => Promise.resolve(),
  };
}
