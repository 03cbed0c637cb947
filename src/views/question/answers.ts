import { modelKey, type Job, type JobState } from '#app';
import type { Device, ModelRef, RunHeader, VerdictLetter } from '#domain';

/** One line of the table: a model on a device, and where its answer is. */
export interface Answer {
  readonly key: string;
  readonly model: ModelRef;
  readonly device: Device;
  readonly state: JobState;
}

/**
 * Who was asked this: the jobs of the current queue, and before them stored runs of the same suite, the latest of each
 * model and device. So a table grows when one more model is asked, and is there again after a reload.
 */
export function answersOf(suiteHash: string, headers: readonly RunHeader[], jobs: readonly Job[]): readonly Answer[] {
  const answers = new Map<string, Answer>();
  const stored = headers.filter((h) => h.spec.suite.hash === suiteHash && h.origin !== 'imported');
  // Newest first in the list; a later one in this loop wins.
  for (const header of stored.toReversed()) {
    const { model } = header.spec;
    const { device } = header.environment;
    const key = `${modelKey(model)} ${device}`;
    answers.set(key, { key, model, device, state: { kind: 'ended', header } });
  }
  for (const { request, state } of jobs) {
    const key = `${modelKey(request.model.ref)} ${request.device}`;
    answers.set(key, { key, model: request.model.ref, device: request.device, state });
  }
  return [...answers.values()];
}

/** The verdict of a line; '.' while there is none. */
export function letterOf({ state }: Answer): VerdictLetter {
  return state.kind === 'ended' ? ((state.header.verdicts[0] ?? '.') as VerdictLetter) : '.';
}
