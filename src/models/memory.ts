/** Models where the browser refuses storage: picked files themselves, and what was downloaded, until the tab closes. */
import { failure, FailureError, type ModelCard } from '#domain';
import { folderCard, sameModel, type ModelStore } from './modelStore.ts';
import { readFile } from './readFile.ts';

interface Kept {
  readonly card: ModelCard;
  /** By path. */
  readonly files: ReadonlyMap<string, Blob>;
}

export interface MemoryModelStore extends ModelStore {
  /** Keeps a model whose files are known already; gives its card, marked as the tab's. */
  readonly keep: (card: ModelCard, files: ReadonlyMap<string, Blob>) => ModelCard;
}

export function memoryModelStore(): MemoryModelStore {
  let kept: readonly Kept[] = [];
  function keep(unmarked: ModelCard, files: Kept['files']): ModelCard {
    const card: ModelCard = { ...unmarked, keptBy: 'tab' };
    kept = [...kept.filter((model) => !sameModel(model.card.ref, card.ref)), { card, files }];
    return card;
  }
  return {
    keep,
    list: () => Promise.resolve(kept.map((model) => model.card)),
    async add(build, { onProgress, signal }) {
      const totalBytes = build.files.reduce((sum, f) => sum + f.file.size, 0);
      let loadedBytes = 0;
      const onPiece = (piece: Uint8Array): void => onProgress((loadedBytes += piece.byteLength), totalBytes);
      const files = [];
      for (const file of build.files) files.push(await readFile(file, { onPiece, signal }));
      return keep(folderCard(build, files), new Map(build.files.map(({ path, file }) => [path, file])));
    },
    source(ref) {
      const found = kept.find((model) => sameModel(model.card.ref, ref));
      if (found === undefined) return Promise.reject(new FailureError(failure('files-missing', ref.id)));
      return Promise.resolve({ kind: 'blobs', files: Object.fromEntries(found.files) });
    },
    remove(ref) {
      kept = kept.filter((model) => !sameModel(model.card.ref, ref));
      return Promise.resolve();
    },
  };
}
