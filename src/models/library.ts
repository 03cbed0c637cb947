/** The models on this device: the embedded one, imported and downloaded ones. */
import type { Downloader, FileSource, ModelCard, ModelRef } from '#domain';
import { embeddedFiles, embeddedModel } from './embedded.ts';
import type { FolderFile } from './folder.ts';
import type { Partials } from './download/partials.ts';
import type { FolderReport } from './inspect.ts';
import { mayHoldModels } from './mayHoldModels.ts';
import type { ModelStore } from './modelStore.ts';

/** Methods reject with a FailureError. */
export interface ModelLibrary {
  /** The embedded model first, then the others by name. */
  list(): Promise<readonly ModelCard[]>;
  /** Looks at a folder; copies nothing. */
  inspect(files: readonly FolderFile[]): Promise<FolderReport>;
  /**
   * Copies one build into the browser's storage, hashing it on the way; where the browser refuses storage, the model is
   * kept by the tab. An aborted import rejects with the signal's reason and leaves nothing behind.
   */
  import(
    files: readonly FolderFile[],
    quantisation: string,
    onProgress: (loadedBytes: number, totalBytes: number) => void,
    signal: AbortSignal,
  ): Promise<ModelCard>;
  remove(card: ModelCard): Promise<void>;
  /** Where an engine finds the model's files; `files-missing` where they are not here. */
  files(ref: ModelRef): Promise<FileSource>;
  /** Puts models from elsewhere beside the imported ones. */
  downloader(): Promise<Downloader>;
}

interface Shelves {
  readonly store: ModelStore;
  readonly partials: Partials;
}

/** `pageAddress`: under which the site's own files lie, `document.baseURI`. */
export function modelLibrary(pageAddress: string): ModelLibrary {
  let opened: Promise<Shelves> | null = null;
  const shelves = (): Promise<Shelves> => (opened ??= openShelves());
  const store = async (): Promise<ModelStore> => (await shelves()).store;
  return {
    async list() {
      const others = opened !== null || (await mayHoldModels()) ? await (await store()).list() : [];
      return [embeddedModel, ...others];
    },
    async inspect(files) {
      const { inspectFolder } = await import('./inspect.ts');
      return inspectFolder(files);
    },
    async import(files, quantisation, onProgress, signal) {
      const { chooseBuild } = await import('./inspect.ts');
      const build = await chooseBuild(files, quantisation);
      // So that the browser does not clear it when the disk fills up. It may ask the person, and may say no.
      await navigator.storage.persist().catch(() => false);
      return (await store()).add(build, { onProgress, signal });
    },
    remove: async (card) => (await store()).remove(card.ref),
    files: async (ref) => (ref.source === 'embedded' ? embeddedFiles(pageAddress) : (await store()).source(ref)),
    async downloader() {
      const { browserDownloader } = await import('./download/index.ts');
      return browserDownloader((await shelves()).partials);
    },
  };
}

/** Fetched when first needed: it is not part of the page's first bytes. */
async function openShelves(): Promise<Shelves> {
  const [{ opfsModelStore }, { opfsPartials }] = await Promise.all([
    import('./opfs.ts'),
    import('./download/opfsPartials.ts'),
  ]);
  try {
    return { store: await opfsModelStore(), partials: await opfsPartials() };
  } catch {
    const [{ memoryModelStore }, { memoryPartials }] = await Promise.all([
      import('./memory.ts'),
      import('./download/memoryPartials.ts'),
    ]);
    const store = memoryModelStore();
    return { store, partials: memoryPartials(store.keep) };
  }
}
