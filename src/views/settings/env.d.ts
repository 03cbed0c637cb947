interface ImportMetaEnv {
  /** `version` and `license` of package.json, put in by vite.config.ts. */
  readonly VITE_VERSION: string;
  readonly VITE_LICENCE: string;
}
