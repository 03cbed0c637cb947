import type { WantedBuild } from '#domain';

/** A file of a build: where it is in the repository (or anywhere, by `url`), and where it goes in the model's folder. */
export interface LayoutFile {
  readonly path: string;
  readonly from: { readonly repositoryPath: string } | { readonly url: string };
}

export interface LayoutBuild {
  readonly quantisation: string;
  readonly files: readonly LayoutFile[];
}

export interface RepositoryFiles {
  readonly has: (path: string) => boolean;
  readonly paths: readonly string[];
  readonly bytes: (path: string) => number;
}

/** How one engine's models lie in a repository. One line in `index.ts` for each. */
export interface Layout {
  readonly engine: string;
  /** Tells the context, and is small: read before anything is offered. */
  readonly configPath: string;
  /** Tokens; null where the configuration does not say. */
  readonly contextLength: (config: unknown) => number | null;
  /** Builds that are complete; of one quantisation where one is wanted. */
  readonly builds: (files: RepositoryFiles, wanted: WantedBuild | null) => readonly LayoutBuild[];
  /** What a model in this layout needs and these files lack, for people. */
  readonly missing: (files: RepositoryFiles, wanted: WantedBuild | null) => readonly string[];
  /** Asks for what may be there, where a source has no list. */
  readonly candidates: (exists: (path: string) => Promise<boolean>, wanted: WantedBuild | null) => Promise<void>;
}
