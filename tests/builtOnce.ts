import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../tools/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built site: `serve(inject('site'), { port: 0 })`. */
    site: string;
  }
}

/** Builds the site once for all browser tests, so that an edit during the tests does not mix two builds. */
export default async function builtOnce(project: TestProject): Promise<void> {
  project.provide('site', await ensureBuilt());
}
