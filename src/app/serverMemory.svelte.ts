import { toFailure, type ConnectedServer, type Failure, type ModelRef } from '#domain';
import type { ServerBridge } from './ports.ts';
import { modelKey } from './setup.svelte.ts';

/** A model that is taken into its server's memory (`wanted`) or out of it. */
export interface Handling {
  readonly address: string;
  readonly model: string;
  readonly wanted: boolean;
  readonly state:
    /** `since`: by `performance.now()`. */
    | { readonly kind: 'at-work'; readonly since: number; readonly cancel: () => void }
    | { readonly kind: 'failed'; readonly failure: Failure };
}

/** What servers are told to hold in their memory. */
export class ServerMemory {
  #handling = $state.raw<readonly Handling[]>([]);
  readonly #bridge: ServerBridge;
  readonly #onChange: (now: ConnectedServer) => void;

  /** `onChange`: gets what the server offers after it did as it was told. */
  constructor(bridge: ServerBridge, onChange: (now: ConnectedServer) => void) {
    this.#bridge = bridge;
    this.#onChange = onChange;
  }

  /** What goes on with this model, or went wrong. */
  handling(address: string, model: ModelRef): Handling | null {
    return this.#handling.find((one) => one.address === address && one.model === modelKey(model)) ?? null;
  }

  /** Resolves when it is known what came of it. A model with which something goes on already stays with that. */
  async setLoaded(address: string, model: ModelRef, wanted: boolean): Promise<void> {
    if (this.handling(address, model)?.state.kind === 'at-work') return;
    const controller = new AbortController();
    const common = { address, model: modelKey(model), wanted };
    const settle = (state: Handling['state'] | null): void => {
      const others = this.#handling.filter((one) => one.address !== address || one.model !== common.model);
      this.#handling = state === null ? others : [...others, { ...common, state }];
    };
    settle({ kind: 'at-work', since: performance.now(), cancel: () => controller.abort() });
    try {
      this.#onChange(await this.#bridge.setLoaded(address, model, wanted, controller.signal));
      settle(null);
    } catch (thrown) {
      settle(controller.signal.aborted ? null : { kind: 'failed', failure: toFailure(thrown) });
    }
  }
}
