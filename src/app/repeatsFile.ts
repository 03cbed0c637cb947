import { failure, FailureError } from '#domain';
import type { RepeatsWords } from '#sharing';
import type { RepeatsDetail } from './repeats.ts';
import type { ExportFile } from './sharing.svelte.ts';

export type { RepeatsWords };

/** Ids of the formats that repeats can be saved as. */
export const REPEATS_FILES = ['record', 'csv', 'markdown'] as const;
export type RepeatsFileId = (typeof REPEATS_FILES)[number];

/** Rejects with a FailureError where nothing was scored, or its code cannot be fetched. */
export async function repeatsFile(
  { runs, suite, figures, majority }: RepeatsDetail,
  id: RepeatsFileId,
  words: RepeatsWords,
): Promise<ExportFile> {
  const { fileName, REPEATS_FORMATS } = await import('#sharing');
  const format = REPEATS_FORMATS.find((one) => one.id === id);
  const [first, ...others] = runs;
  if (format === undefined || first === undefined || figures === null) {
    throw new FailureError(failure('unexpected', `nothing to save as ${id}`));
  }
  return {
    name: fileName(first.header, format),
    type: format.mediaType,
    text: format.write({ runs: [first, ...others], suite, figures, majority }, words),
  };
}
