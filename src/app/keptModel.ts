import type { BuildTest, LoadedModel, LoadProgress } from '#domain';
import { loadCured, type Loaded, type Place } from './cure.ts';
import type { JobRequest } from './job.ts';
import type { RunnerPorts } from './ports.ts';
import { beginRisk } from './tombstone.ts';
import { modelKey } from './setup.svelte.ts';

/** What loading needs of the outside. */
export type LoadPorts = Pick<
  RunnerPorts,
  'engine' | 'clock' | 'knownSelfTest' | 'onSelfTest' | 'otherBuilds' | 'tombstones'
>;

type Wanted = Pick<JobRequest, 'model' | 'device' | 'contextLength'>;

/**
 * The model in memory. It stays there from job to job for as long as the next one wants the same weights on the same
 * device; there is never a second one, because two may not fit.
 */
export class KeptModel {
  #held: { readonly key: string; readonly cured: boolean; readonly held: Loaded } | null = null;
  /** What builds' own tests found, by what was loaded: a fresh worker after a failure need not test again. */
  readonly #buildTests = new Map<string, BuildTest>();
  readonly #ports: LoadPorts;

  constructor(ports: LoadPorts) {
    this.#ports = ports;
  }

  /** The kept model, or a fresh one. Rejects like `Engine.load`; then nothing is held. */
  async take(wanted: Wanted, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadedModel> {
    const key = keyOf(wanted);
    if (this.#held?.key === key && !this.#held.cured) return this.#held.held.loaded;
    await this.release();
    const loaded = await this.#load(wanted, onProgress, signal);
    const { model, device } = wanted;
    this.#held = { key, cured: false, held: { model, device, loaded, environment: loaded.environment } };
    return loaded;
  }

  /** The same; where what is wanted fails its test, what cures it (see loadCured). */
  async takeCured(wanted: Wanted, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<Loaded> {
    const key = keyOf(wanted);
    if (this.#held?.key === key) return this.#held.held;
    await this.release();
    const load = (place: Place): Promise<LoadedModel> => this.#load({ ...wanted, ...place }, onProgress, signal);
    const otherBuilds = this.#ports.otherBuilds ?? (() => []);
    const held = await loadCured(wanted, { load, otherBuilds }, signal);
    const cured = held.model !== wanted.model || held.device !== wanted.device;
    this.#held = { key, cured, held };
    return held;
  }

  /** Gives the memory back. Safe to call twice. */
  async release(): Promise<void> {
    const held = this.#held;
    this.#held = null;
    await held?.held.loaded.dispose();
  }

  async #load(wanted: Wanted, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadedModel> {
    const { model, device } = wanted;
    // web-llm makes its cache for the whole context at once, and its files promise more than the catalogue's build has.
    const contextLength = wanted.contextLength ?? model.contextLength;
    if (device !== 'webgpu' && device !== 'wasm') {
      return this.#ports.engine.load({ model: model.ref, device, onProgress }, signal);
    }
    const knownSelfTest = this.#ports.knownSelfTest(device);
    const knownBuildTest = this.#buildTests.get(keyOf(wanted));
    const risk = await beginRisk(this.#ports, wanted, { phase: 'files', runId: null });
    try {
      const loaded = await this.#ports.engine.load(
        {
          model: model.ref,
          device,
          onProgress(progress) {
            risk?.change({ phase: progress.phase });
            onProgress(progress);
          },
          ...(knownSelfTest === null ? {} : { knownSelfTest }),
          ...(knownBuildTest === undefined ? {} : { knownBuildTest }),
          ...(contextLength > 0 ? { contextLength } : {}),
        },
        signal,
      );
      const { selfTest, buildTest, adapter, memory } = loaded.environment;
      if (buildTest !== undefined) this.#buildTests.set(keyOf(wanted), buildTest);
      // An engine that cannot run the embedded model says nothing of the device: what is known stays.
      if (selfTest.kind !== 'unverified' || knownSelfTest === null) {
        this.#ports.onSelfTest(device, {
          result: selfTest,
          subgroups: adapter?.subgroups ?? false,
          ...(memory === undefined ? {} : { memorySpeed: memory.bytesPerSecond }),
        });
      }
      return loaded;
    } finally {
      // Also where it failed: the page has seen that.
      risk?.over();
    }
  }
}

function keyOf({ model, device, contextLength }: Wanted): string {
  return `${modelKey(model.ref)} ${device} ${contextLength ?? ''}`;
}
