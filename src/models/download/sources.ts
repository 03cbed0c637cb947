/** Where a repository's files and their list are found at each kind of source. One entry for each. */
import type { Check, DownloadSource } from '#domain';
import * as v from 'valibot';

export interface ListedFile {
  /** Path in the repository. */
  readonly path: string;
  readonly bytes: number | null;
  readonly check: Check | null;
}

export interface Listing {
  /** What `revision` stands for; null where the source names no commits. */
  readonly commit: string | null;
  readonly files: readonly ListedFile[];
}

interface Host {
  readonly usualRevision: string;
  fileUrl(repository: string, revision: string, path: string): string;
  listUrl(repository: string, revision: string): string;
  /** Throws a ValiError. */
  decode(json: unknown): Listing;
}

export const COMMIT = /^[0-9a-f]{40}$/;
const length = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** GET /api/models/{id}/revision/{rev}?blobs=true */
const hubList = v.object({
  sha: v.pipe(v.string(), v.regex(COMMIT)),
  siblings: v.array(
    v.object({
      rfilename: v.string(),
      size: v.nullish(length),
      blobId: v.nullish(v.string()),
      lfs: v.nullish(v.object({ sha256, size: length })),
    }),
  ),
});

function decodeHub(json: unknown): Listing {
  const { sha, siblings } = v.parse(hubList, json);
  const files = siblings.map(({ rfilename, size, blobId, lfs }): ListedFile => ({
    path: rfilename,
    bytes: lfs?.size ?? size ?? null,
    check: lfs ? { kind: 'sha256', hex: lfs.sha256, from: 'source' } : gitCheck(blobId),
  }));
  return { commit: sha, files };
}

function gitCheck(blobId: string | null | undefined): Check | null {
  return blobId != null && COMMIT.test(blobId) ? { kind: 'git', hex: blobId } : null;
}

/** GET /api/v1/models/{id}/repo/files?Revision={rev}&Recursive=true */
const modelscopeList = v.object({
  Data: v.object({
    Files: v.array(v.object({ Path: v.string(), Type: v.string(), Size: length, Sha256: v.nullish(v.string()) })),
  }),
});

function decodeModelscope(json: unknown): Listing {
  const files = v.parse(modelscopeList, json).Data.Files.filter((file) => file.Type !== 'tree');
  return {
    commit: null,
    files: files.map(({ Path, Size, Sha256 }) => ({
      path: Path,
      bytes: Size,
      check: v.is(sha256, Sha256) ? { kind: 'sha256', hex: Sha256, from: 'source' } : null,
    })),
  };
}

/** Slashes stay: a branch or a path may have them. */
const inPath = (text: string): string => text.split('/').map(encodeURIComponent).join('/');

function inHubLayout(address: string): Host {
  return {
    usualRevision: 'main',
    fileUrl: (repository, revision, path) =>
      `${address}/${inPath(repository)}/resolve/${encodeURIComponent(revision)}/${inPath(path)}`,
    listUrl: (repository, revision) =>
      `${address}/api/models/${inPath(repository)}/revision/${encodeURIComponent(revision)}?blobs=true`,
    decode: decodeHub,
  };
}

const MODELSCOPE = 'https://modelscope.cn';

const HOSTS: { readonly [K in DownloadSource['kind']]: (source: Extract<DownloadSource, { kind: K }>) => Host } = {
  hub: () => inHubLayout('https://huggingface.co'),
  modelscope: () => ({
    usualRevision: 'master',
    fileUrl: (repository, revision, path) =>
      `${MODELSCOPE}/models/${inPath(repository)}/resolve/${encodeURIComponent(revision)}/${inPath(path)}`,
    listUrl: (repository, revision) =>
      `${MODELSCOPE}/api/v1/models/${inPath(repository)}/repo/files?Revision=${encodeURIComponent(revision)}&Recursive=true`,
    decode: decodeModelscope,
  }),
  own: ({ address }) => inHubLayout(address),
};

export function hostOf(source: DownloadSource): Host {
  switch (source.kind) {
    case 'hub':
      return HOSTS.hub(source);
    case 'modelscope':
      return HOSTS.modelscope(source);
    case 'own':
      return HOSTS.own(source);
  }
}
