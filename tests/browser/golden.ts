/** What the models in this repository and beside it are known to answer (native ONNX Runtime, greedy). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '#domain';
import { repository } from '../../tools/root.ts';

export interface GoldenCase {
  readonly messages: readonly Message[];
  readonly prompt: string;
  readonly promptIds: readonly number[];
  readonly greedyIds: readonly number[];
  readonly text: string;
}

function read(folder: string): readonly GoldenCase[] {
  const { cases } = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as { readonly cases: GoldenCase[] };
  return cases;
}

export const embeddedFolder = join(repository, 'public', 'models', 'embedded');
export const embeddedGolden = read(embeddedFolder);

/** A real instruct model, too big for the repository; tests that need it are skipped where it is not there. */
export const smolFolder = join(repository, '..', 'shared', 'models', 'smollm2-135m-instruct');
export const smolGolden = existsSync(smolFolder) ? read(smolFolder) : null;
