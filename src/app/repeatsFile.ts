import { failure, FailureError } from '#domain';
import type { RepeatsRecord, RepeatsWords } from '#sharing';
import type { RepeatsDetail } from './repeats.ts';
import type { ExportBytes, ExportFile } from './sharing.svelte.ts';

export type { RepeatsWords };

/** Ids of the formats that repeats can be saved as. */
export const REPEATS_FILES = ['record', 'csv', 'markdown'] as const;
export type RepeatsFileId = (typeof REPEATS_FILES)[number];

/** Ids of the formats that are several files in one archive. */
export const REPEATS_PACKED = ['lm-eval'] as const;
export type RepeatsPackedId = (typeof REPEATS_PACKED)[number];

/** Rejects with a FailureError where nothing was scored, or its code cannot be fetched. */
export async function repeatsFile(detail: RepeatsDetail, id: RepeatsFileId, words: RepeatsWords): Promise<ExportFile> {
  const { fileName, REPEATS_FORMATS } = await import('#sharing');
  const format = REPEATS_FORMATS.find((one) => one.id === id);
  const group = recordOf(detail);
  if (format === undefined || group === null) throw nothingToSave(id);
  const name = fileName(group.runs[0].header, format);
  return { name, type: format.mediaType, text: format.write(group, words) };
}

/** Rejects like `repeatsFile`, and with `suite-missing` where the questions are not at hand. */
export async function repeatsArchive(detail: RepeatsDetail, id: RepeatsPackedId): Promise<ExportBytes> {
  const { fileName, packed, REPEATS_ARCHIVES } = await import('#sharing');
  const archive = REPEATS_ARCHIVES.find((one) => one.id === id);
  const group = recordOf(detail);
  if (archive === undefined || group === null) throw nothingToSave(id);
  const name = fileName(group.runs[0].header, archive);
  return { name, type: archive.mediaType, bytes: await packed(archive.files(group)) };
}

function recordOf({ runs: [first, ...others], suite, figures, majority }: RepeatsDetail): RepeatsRecord | null {
  return first === undefined || figures === null ? null : { runs: [first, ...others], suite, figures, majority };
}

function nothingToSave(id: string): FailureError {
  return new FailureError(failure('unexpected', `nothing to save as ${id}`));
}
