/** The layouts that can be fetched, one line for each engine. */
import type { Layout } from './layout.ts';
import { transformersLayout } from './transformers.ts';
import { webLlmLayout } from './webLlm.ts';

export type { LayoutBuild, RepositoryFiles } from './layout.ts';

export const LAYOUTS: readonly Layout[] = [transformersLayout, webLlmLayout];
