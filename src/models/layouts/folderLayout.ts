import type { FolderFile, ModelFolder } from '../folder.ts';

/** How one engine's models lie in a folder that a person picked. One line in `index.ts` for each. */
export interface FolderLayout {
  readonly engine: string;
  /** Describes the model: its folder is the model's folder, and it tells the context. */
  readonly configPath: string;
  /** Whether these files look like a model of this engine, even where some are missing. */
  readonly recognises: (paths: readonly string[]) => boolean;
  /** Tokens; null where the configuration does not say. */
  readonly contextLength: (config: unknown) => number | null;
  /** What is there. Rejects with a FailureError `file-corrupt` for a file that lists others and cannot be read. */
  readonly survey: (folder: ModelFolder, config: unknown) => Promise<Survey>;
}

export interface Survey {
  /** What every model in this layout must have. */
  readonly checklist: readonly { readonly path: string; readonly found: boolean }[];
  readonly builds: readonly SurveyedBuild[];
}

export interface SurveyedBuild {
  readonly quantisation: string;
  /** Everything that this build needs and that is there, by the path under which it is kept. */
  readonly files: readonly FolderFile[];
  /** Paths of what it needs besides. */
  readonly missing: readonly string[];
}
