import type { LoadedModel, LoadProgress } from '#domain';
import type { JobRequest } from './job.ts';
import type { RunnerPorts } from './ports.ts';
import { modelKey } from './setup.svelte.ts';

/** What loading needs of the outside. */
export type LoadPorts = Pick<RunnerPorts, 'engine' | 'knownSelfTest' | 'onSelfTest'>;

type Wanted = Pick<JobRequest, 'model' | 'device'>;

/**
 * The model in memory. It stays there from job to job for as long as the next one wants the same weights on the same
 * device; there is never a second one, because two may not fit.
 */
export class KeptModel {
  #held: { readonly key: string; readonly model: LoadedModel } | null = null;
  readonly #ports: LoadPorts;

  constructor(ports: LoadPorts) {
    this.#ports = ports;
  }

  /** The kept model, or a fresh one. Rejects like `Engine.load`; then nothing is held. */
  async take(wanted: Wanted, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<LoadedModel> {
    const key = `${modelKey(wanted.model.ref)} ${wanted.device}`;
    if (this.#held?.key === key) return this.#held.model;
    await this.release();
    const model = await this.#load(wanted, onProgress, signal);
    this.#held = { key, model };
    return model;
  }

  /** Gives the memory back. Safe to call twice. */
  async release(): Promise<void> {
    const held = this.#held;
    this.#held = null;
    await held?.model.dispose();
  }

  async #load(
    { model: { ref }, device }: Wanted,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const tested = device === 'webgpu' || device === 'wasm';
    const known = tested ? this.#ports.knownSelfTest(device) : null;
    const model = await this.#ports.engine.load(
      { model: ref, device, onProgress, ...(known === null ? {} : { knownSelfTest: known }) },
      signal,
    );
    const { selfTest, adapter } = model.environment;
    if (tested) this.#ports.onSelfTest(device, { result: selfTest, subgroups: adapter?.subgroups ?? false });
    return model;
  }
}
