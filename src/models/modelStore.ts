import type { FileSource, ModelCard, ModelFile, ModelRef } from '#domain';
import type { ChosenBuild } from './inspect.ts';
import { revisionOf } from './revision.ts';

/** Imported models. Adapters: opfs.ts, and memory.ts where the browser refuses storage. */
export interface ModelStore {
  list(): Promise<readonly ModelCard[]>;
  /**
   * Copies a build, hashing it on the way. The same build again gives the card of the one that is there. Rejects with a
   * FailureError (`storage-full`, `file-corrupt`, …), or with the signal's reason; then nothing of it stays.
   */
  add(build: ChosenBuild, options: AddOptions): Promise<ModelCard>;
  /** Rejects with `files-missing` where the model is not here. */
  source(ref: ModelRef): Promise<FileSource>;
  /** Nothing happens where it is not here. */
  remove(ref: ModelRef): Promise<void>;
}

export interface AddOptions {
  readonly onProgress: (loadedBytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
}

export function folderCard(build: ChosenBuild, files: readonly ModelFile[]): ModelCard {
  return {
    ref: {
      id: `folder/${build.name}`,
      name: build.name,
      source: 'folder',
      revision: revisionOf(files),
      build: { engine: build.engine, quantisation: build.quantisation },
      files,
    },
    contextLength: build.contextLength,
    parameters: null,
    ...(build.thinks === undefined ? {} : { thinks: build.thinks }),
    bytes: files.reduce((sum, f) => sum + f.bytes, 0),
  };
}

/** Exactly the same weights, called the same. */
export function sameModel(a: ModelRef, b: ModelRef): boolean {
  return (
    a.id === b.id &&
    a.revision === b.revision &&
    a.build.engine === b.build.engine &&
    a.build.quantisation === b.build.quantisation
  );
}
