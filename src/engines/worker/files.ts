/**
 * The files of a model, for transformers.js: whatever it asks for is answered from here and never from elsewhere.
 * Lengths are checked against what the model card says, because the library accepts a truncated file.
 */
import { failure, FailureError, type FileSource, type ModelFile } from '#domain';

export interface ModelFiles {
  /** 404 for a file that the model does not have. */
  open(path: string): Promise<Response>;
  /** Throws a FailureError `files-missing` where the model does not have it. */
  text(path: string): Promise<string>;
  has(path: string): boolean;
  /**
   * Rejects with the FailureError of the first file that could not be read, and never resolves: the library waits for
   * ever when a piece of external data fails, so loading races against this.
   */
  readonly broken: Promise<never>;
}

export interface ModelFilesOptions {
  /** What the model has; null: not known (the embedded model), each path is tried. */
  readonly files: readonly ModelFile[] | null;
  readonly onBytes: (path: string, loadedBytes: number) => void;
}

export function modelFiles(source: FileSource, { files, onBytes }: ModelFilesOptions): ModelFiles {
  const listed = files === null ? null : new Map(files.map((f) => [f.path, f]));
  const loaded = new Map<string, number>();
  let report: (e: FailureError) => void;
  const broken = new Promise<never>((_, reject) => (report = reject));
  broken.catch(() => undefined);

  function fail(code: 'files-missing' | 'file-corrupt' | 'network', detail: string): never {
    const error = new FailureError(failure(code, detail));
    report(error);
    throw error;
  }

  /** Counts and checks the length, so that progress is shown and a truncated file is not taken for a whole one. */
  function counted(path: string, expected: number | null): TransformStream<Uint8Array, Uint8Array> {
    let bytes = 0;
    return new TransformStream({
      transform(chunk, out) {
        bytes += chunk.byteLength;
        if (bytes > (loaded.get(path) ?? 0)) {
          loaded.set(path, bytes);
          onBytes(path, bytes);
        }
        out.enqueue(chunk);
      },
      flush() {
        if (expected !== null && bytes !== expected) {
          fail('file-corrupt', `${path}: ${bytes} bytes instead of ${expected}`);
        }
      },
    });
  }

  async function open(path: string): Promise<Response> {
    const file = listed?.get(path);
    if (listed !== null && file === undefined) return new Response(null, { status: 404 });
    let found: Response | null;
    try {
      found = await read(source, path);
    } catch (thrown) {
      if (thrown instanceof FailureError) report(thrown);
      throw thrown;
    }
    if (found === null && file !== undefined) return fail('files-missing', path);
    if (found === null) return new Response(null, { status: 404 });
    const length = file?.bytes ?? null;
    const headers = length === null ? {} : { 'Content-Length': String(length) };
    return new Response(found.body?.pipeThrough(counted(path, length)) ?? null, { headers });
  }

  return {
    open,
    has: (path) => listed === null || listed.has(path),
    async text(path) {
      const response = await open(path);
      if (!response.ok) fail('files-missing', path);
      // What goes wrong in the middle of a stream comes out of it as another error.
      return Promise.race([response.text(), broken]);
    },
    broken,
  };
}

/** Null: there is no such file. */
async function read(source: FileSource, path: string): Promise<Response | null> {
  switch (source.kind) {
    case 'url':
      return readOwnSite(new URL(path, source.base), path);
    case 'opfs':
      return readPrivateFile(`${source.directory}/${path}`);
    case 'blobs': {
      const blob = source.files[path];
      return blob === undefined ? null : new Response(blob.stream());
    }
  }
}

/**
 * A worker has no other way to its own site's files than `fetch`. The one exception to "src/models/network.ts is the only
 * door": that cannot be entered from here, any other origin is refused, and nothing leaves.
 */
async function readOwnSite(url: URL, path: string): Promise<Response | null> {
  if (url.origin !== location.origin) throw new FailureError(failure('network', `${url.origin} is not this site`));
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' });
  } catch (thrown) {
    throw new FailureError(failure('network', `${path}: ${String(thrown)}`));
  }
  if (response.status === 404) return null;
  if (!response.ok) throw new FailureError(failure('network', `${path}: HTTP ${response.status}`));
  // Hosts of single-page applications answer a missing file with their index page and status 200.
  if (response.headers.get('Content-Type')?.includes('text/html') === true) return null;
  return response;
}

async function readPrivateFile(path: string): Promise<Response | null> {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  try {
    let directory = await navigator.storage.getDirectory();
    for (const folder of folders) directory = await directory.getDirectoryHandle(folder);
    const file = await (await directory.getFileHandle(name)).getFile();
    return new Response(file.stream());
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return null;
    throw new FailureError(failure('storage-unavailable', `${path}: ${String(thrown)}`));
  }
}

/**
 * For libraries that fetch by themselves: from now on `fetch` reaches this site only, and what is asked of another host
 * fails by name. The page's own rules (CSP) would let the hosts of models through.
 */
export function keepOffTheNetwork(): void {
  const own = fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.origin === location.origin || url.protocol === 'data:') return own(input, init);
    return Promise.reject(new FailureError(failure('network', `a library asked for ${url.href}`)));
  };
}
