import type { Build } from '../model.ts';

/** Where files are fetched from. */
export type DownloadSource =
  | { readonly kind: 'hub' }
  | { readonly kind: 'modelscope' }
  /** A host or folder in the hub's layout; `address` ends without a slash. */
  | { readonly kind: 'own'; readonly address: string };

/**
 * What a file must be. `git`: the SHA-1 by which git names the content (with a header of its length), which the hub lists
 * for files that are not in large-file storage.
 */
export type Check =
  | { readonly kind: 'sha256'; readonly hex: string; readonly from: 'catalogue' | 'source' }
  | { readonly kind: 'git'; readonly hex: string };

export interface PlannedFile {
  /** Where it is put in the model's folder. */
  readonly path: string;
  readonly url: string;
  /** Null: the source did not say. */
  readonly bytes: number | null;
  /** Null: nobody said beforehand what it must be; whatever comes first is trusted and its hash recorded. */
  readonly check: Check | null;
}

/** Everything that is needed to fetch one build, now or after a reload. */
export interface DownloadPlan {
  /** "owner/name". */
  readonly repository: string;
  /** For people. */
  readonly name: string;
  readonly source: DownloadSource;
  /** 40 hexadecimal digits; null where the source names no commits. */
  readonly commit: string | null;
  readonly build: Build;
  readonly contextLength: number;
  readonly parameters: number | null;
  readonly files: readonly PlannedFile[];
}

/** One unfinished download for each build of a repository: the source may change in the middle. */
export function planKey({ repository, build }: Pick<DownloadPlan, 'repository' | 'build'>): string {
  return `${repository} ${build.engine} ${build.quantisation}`;
}

export function sameSource(a: DownloadSource, b: DownloadSource): boolean {
  return a.kind === b.kind && (a.kind !== 'own' || b.kind !== 'own' || a.address === b.address);
}

/** Null where the source did not tell the length of each file. */
export function plannedBytes({ files }: Pick<DownloadPlan, 'files'>): number | null {
  let sum = 0;
  for (const { bytes } of files) {
    if (bytes === null) return null;
    sum += bytes;
  }
  return sum;
}

/**
 * On whose word the files are right. A mirror's own list shows transmission errors and nothing more.
 *   pinned     every file is what our catalogue says
 *   listed     every file is what the source's list, or the catalogue, says
 *   first-use  of some file nobody said beforehand what it must be
 */
export const TRUST = ['pinned', 'listed', 'first-use'] as const;
export type Trust = (typeof TRUST)[number];

export function trustIn(files: readonly Pick<PlannedFile, 'check'>[]): Trust {
  if (files.some(({ check }) => check === null)) return 'first-use';
  return files.every(({ check }) => check?.kind === 'sha256' && check.from === 'catalogue') ? 'pinned' : 'listed';
}
