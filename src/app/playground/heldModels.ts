import type { LoadedModel } from '#domain';
import { KeptModel, type LoadPorts } from '../keptModel.ts';
import { modelKey } from '../setup.svelte.ts';

/** The models that are held for a conversation: one in the page, because two may not fit, and any number on servers. */
export class HeldModels {
  readonly #here: KeptModel;
  readonly #onServers = new Map<string, KeptModel>();
  readonly #ports: LoadPorts;

  constructor(ports: LoadPorts) {
    this.#ports = ports;
    this.#here = new KeptModel(ports);
  }

  /** Rejects like `Engine.load`. */
  take(...[wanted, onProgress, signal]: Parameters<KeptModel['take']>): Promise<LoadedModel> {
    return this.#keeperOf(wanted).take(wanted, onProgress, signal);
  }

  /** A model that failed may be in any state: the next turn gets a fresh one. */
  drop(wanted: Parameters<KeptModel['take']>[0]): Promise<void> {
    return this.#keeperOf(wanted).release();
  }

  /** Gives all memory back. Safe to call twice. */
  async release(): Promise<void> {
    const keepers = [this.#here, ...this.#onServers.values()];
    this.#onServers.clear();
    await Promise.all(keepers.map((keeper) => keeper.release()));
  }

  #keeperOf({ model: { ref }, device }: Parameters<KeptModel['take']>[0]): KeptModel {
    if (device !== 'server') return this.#here;
    const key = modelKey(ref);
    const keeper = this.#onServers.get(key) ?? new KeptModel(this.#ports);
    this.#onServers.set(key, keeper);
    return keeper;
  }
}
