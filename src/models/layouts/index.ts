/** The layouts in which a model's folder may be; the first that recognises it has it. */
import type { FolderLayout } from './folderLayout.ts';
import { transformersFolder } from './transformers.ts';
import { webLlmFolder } from './webLlm.ts';

export type { FolderLayout, SurveyedBuild } from './folderLayout.ts';

export function layoutOf(paths: readonly string[]): FolderLayout {
  return [webLlmFolder].find(({ recognises }) => recognises(paths)) ?? transformersFolder;
}
