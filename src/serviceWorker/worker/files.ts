/** One file of the build, as the build lists it for us. */
export interface BuiltFile {
  /** Relative to the site's root. */
  url: string;
  /** Hash of the content; null where the name itself carries one. */
  revision: string | null;
  /** Fetched when first used instead of at the installation: engines, WebAssembly, the embedded model. */
  lazy?: true;
}

export interface FileCache {
  /** Fetches what the pages need offline and is not kept yet. */
  install(): Promise<void>;
  /** Drops what neither this build nor the one before it names; open tabs may still run the one before. */
  tidy(): Promise<void>;
  /** The file at this address: from the cache, or fetched and kept. Undefined where the build has no such file. */
  read(url: string, keepAlive: (work: Promise<unknown>) => void): Promise<Response | undefined>;
}

const cacheName = 'tabeval-files';
const previousList = 'previous-build';
/** The address and the hash say it all; what a host varies by (encoding, origin) does not change a file. */
const ignoreVary = { ignoreVary: true };

/** Static hosts that answer an unknown address with their start page must not get it kept as a model or a script. */
function isWhatItSays(url: string, response: Response): boolean {
  const html = response.headers.get('Content-Type')?.startsWith('text/html') ?? false;
  return response.status === 200 && html === url.endsWith('.html');
}

/**
 * The files of a build in one cache, each under its address and the hash of its content: a new build fetches only what
 * has changed, and the build before it stays whole until the next.
 * @param root absolute address of the site's root, ends in '/'
 */
export function fileCache(files: readonly BuiltFile[], root: string): FileCache {
  const keyOf = ({ url, revision }: BuiltFile) => new URL(revision ? `${url}?revision=${revision}` : url, root).href;
  const byAddress = new Map(files.map((file) => [new URL(file.url, root).href, file]));
  const open = () => caches.open(cacheName);

  // Past the browser's own cache where the address says nothing about the content.
  const fetchFile = ({ url, revision }: BuiltFile) =>
    fetch(new URL(url, root), { cache: revision ? 'no-cache' : 'default' });

  async function fetchAndKeep(file: BuiltFile, keepAlive: (work: Promise<unknown>) => void): Promise<Response> {
    const response = await fetchFile(file);
    if (isWhatItSays(file.url, response)) {
      const copy = response.clone();
      keepAlive(open().then((cache) => cache.put(keyOf(file), copy)));
    }
    return response;
  }

  return {
    async install() {
      const cache = await open();
      for (const file of files.filter(({ lazy }) => !lazy)) {
        if (await cache.match(keyOf(file), ignoreVary)) continue;
        const response = await fetchFile(file);
        if (!isWhatItSays(file.url, response)) throw new Error(`${file.url} came as ${response.status}`);
        await cache.put(keyOf(file), response);
      }
    },

    async tidy() {
      const cache = await open();
      const listKey = new URL(previousList, root).href;
      const keys = files.map(keyOf);
      const previous: unknown = await (await cache.match(listKey))?.json();
      const kept = new Set<unknown>([listKey, ...keys, ...(Array.isArray(previous) ? (previous as unknown[]) : [])]);
      for (const { url } of await cache.keys()) if (!kept.has(url)) await cache.delete(url);
      await cache.put(listKey, new Response(JSON.stringify(keys)));
    },

    async read(url, keepAlive) {
      const file = byAddress.get(url);
      // An address that this build does not know may be a hashed file of the build before it.
      const kept = await (await open()).match(file ? keyOf(file) : url, ignoreVary);
      return kept ?? (file && fetchAndKeep(file, keepAlive));
    },
  };
}
