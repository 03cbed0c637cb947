import { computesInF16, type BuildTest } from '#domain';
import { loading, newLock, type Loaded } from './loading.ts';
import type { WorkerEngineOptions } from './workerEngine.ts';
import type { Attempt } from './workerModel.ts';
import { WorkerLink } from './workerLink.ts';

/** Two copies of a build are in memory for the comparison, and a processor reads the texts in seconds only up to here. */
const MOST_REFERENCE_BYTES = 400 * 2 ** 20;

/**
 * Of a build on the GPU of which nothing is known: the same files read the same texts on the processor, where that is a
 * matter of seconds. Null where it is not, or did not work: the build stays unverified.
 */
export async function compareWithWasm(
  { scores }: Loaded,
  options: WorkerEngineOptions,
  { request, files, subgroups, signal }: Attempt,
  tested: WorkerLink,
): Promise<BuildTest | null> {
  const { model, device, onProgress } = request;
  const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0);
  const affordable = bytes <= MOST_REFERENCE_BYTES && !computesInF16(model.build.quantisation);
  if (scores === undefined || device !== 'webgpu' || !affordable || options.comparesWithWasm !== true) return null;
  onProgress({ phase: 'self-test' });
  const lock = newLock();
  const link = new WorkerLink(options.createWorker(), lock, options.silenceMs);
  link.send({
    ...{ kind: 'load', model, device: 'wasm', lock, subgroups, contextLength: null },
    ...{ files: files.files, embedded: null, knownSelfTest: null, knownBuildTest: null },
  });
  try {
    const reference = await loading(link, { model, device: 'wasm', onProgress: () => undefined }, signal);
    if (reference.kind !== 'loaded' || reference.scores === undefined) return null;
    const { BETWEEN_DEVICES, compareScores } = await import('./selfTest/compare.ts');
    return compareScores(scores, reference.scores, 'wasm', BETWEEN_DEVICES);
  } catch (thrown) {
    if (!signal.aborted) return null;
    await tested.dispose();
    throw thrown;
  } finally {
    await link.dispose();
  }
}
