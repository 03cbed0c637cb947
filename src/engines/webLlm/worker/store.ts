/**
 * web-llm looks for every file in the Cache API, under the address that it has on the hub, and fetches what is not
 * there. In this worker the Cache API is a stand-in that answers from the model's own files, so nothing is fetched.
 */
import { failure, FailureError } from '#domain';
import type { ModelFiles } from '../../worker/files.ts';

/** No host can have this name (RFC 6761); "resolve/main/" is what the library would put behind any other address. */
export const MODEL_URL = 'https://model.invalid/resolve/main/';

/** The list of weights has had two names; a library of either age finds it. */
const LISTS = ['tensor-cache.json', 'ndarray-cache.json'];

/** From now on web-llm finds the model's files where it looks for them. */
export function standInForCaches(files: ModelFiles, paths: readonly string[]): void {
  Object.defineProperty(globalThis, 'caches', { value: modelCaches(files, paths), configurable: true });
}

/** The part of `CacheStorage` that web-llm uses, for all of its caches. */
export function modelCaches(files: ModelFiles, paths: readonly string[]): Pick<CacheStorage, 'open'> {
  const has = new Set(paths);
  const kept = (path: string): string | undefined =>
    has.has(path) ? path : LISTS.includes(path) ? LISTS.find((list) => has.has(list)) : undefined;

  const cache: Pick<Cache, 'match' | 'add' | 'keys' | 'delete'> = {
    async match(request) {
      const path = kept(pathOf(request));
      return path === undefined ? undefined : files.open(path);
    },
    /** Called for what `match` did not find: here the library would go to the network. */
    add: (request) => Promise.reject(new FailureError(failure('files-missing', pathOf(request)))),
    /** With all files among the keys the library skips its downloading. */
    keys: () => Promise.resolve([...has, ...LISTS].map((path) => new Request(MODEL_URL + path))),
    delete: () => Promise.resolve(false),
  };
  return { open: () => Promise.resolve(cache as Cache) };
}

function pathOf(request: RequestInfo | URL): string {
  const url = request instanceof Request ? request.url : String(request);
  return decodeURI(url.startsWith(MODEL_URL) ? url.slice(MODEL_URL.length) : url);
}
