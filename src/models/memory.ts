/** Imported models where the browser refuses storage: the picked files themselves, readable until the tab closes. */
import { failure, FailureError, type ModelCard } from '#domain';
import type { FolderFile } from './folder.ts';
import { folderCard, sameModel, type ModelStore } from './modelStore.ts';
import { readFile } from './readFile.ts';

export function memoryModelStore(): ModelStore {
  let kept: readonly { readonly card: ModelCard; readonly files: readonly FolderFile[] }[] = [];
  return {
    list: () => Promise.resolve(kept.map((model) => model.card)),
    async add(build, { onProgress, signal }) {
      const totalBytes = build.files.reduce((sum, f) => sum + f.file.size, 0);
      let loadedBytes = 0;
      const onPiece = (piece: Uint8Array): void => onProgress((loadedBytes += piece.byteLength), totalBytes);
      const files = [];
      for (const file of build.files) files.push(await readFile(file, { onPiece, signal }));
      const card: ModelCard = { ...folderCard(build, files), keptBy: 'tab' };
      kept = [...kept.filter((model) => !sameModel(model.card.ref, card.ref)), { card, files: build.files }];
      return card;
    },
    source(ref) {
      const found = kept.find((model) => sameModel(model.card.ref, ref));
      if (found === undefined) return Promise.reject(new FailureError(failure('files-missing', ref.id)));
      return Promise.resolve({ kind: 'blobs', files: Object.fromEntries(found.files.map((f) => [f.path, f.file])) });
    },
    remove(ref) {
      kept = kept.filter((model) => !sameModel(model.card.ref, ref));
      return Promise.resolve();
    },
  };
}
