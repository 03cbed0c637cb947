import {
  failure,
  toFailure,
  type ConnectedServer,
  type Failure,
  type KeyStore,
  type ModelRef,
  type SavedServer,
  type ServerKind,
} from '#domain';
import type { App } from './app.svelte.ts';
import type { Models } from './models.svelte.ts';
import type { CheckedServerAddress, ServerBridge } from './ports.ts';
import type { Preferences } from './preferences.svelte.ts';
import { ServerMemory } from './serverMemory.svelte.ts';

/** Where each program listens unless it is told otherwise. llama-server moved from 8080 to 9931. */
export const SERVER_PRESETS: Readonly<Record<ServerKind, readonly string[]>> = {
  'lm-studio': ['http://127.0.0.1:1234'],
  ollama: ['http://127.0.0.1:11434'],
  'llama-server': ['http://127.0.0.1:8080', 'http://127.0.0.1:9931'],
  'llama-cpp-python': ['http://127.0.0.1:8000'],
  vllm: ['http://127.0.0.1:8000'],
  other: [],
};

type AddressProblem = Extract<CheckedServerAddress, { ok: false }>['problem'];

export type ConnectionAttempt =
  | { readonly kind: 'idle' }
  | { readonly kind: 'bad-address'; readonly problem: AddressProblem }
  | { readonly kind: 'connecting'; readonly target: SavedServer }
  /** The page's own policy was made before this address was named: it is saved, and holds from the next load on. */
  | { readonly kind: 'reload-needed'; readonly target: SavedServer }
  | { readonly kind: 'failed'; readonly target: SavedServer; readonly failure: Failure };

/** Saved addresses; more are forgotten, oldest first. */
const REMEMBERED = 8;

/** Servers of the person's own. Nothing is asked of the network here but on a click. */
export class Servers {
  #kind = $state<ServerKind>('lm-studio');
  #address = $state('http://127.0.0.1:1234');
  /** In memory, until the server has it. */
  key = $state('');
  /** Keep the key on this device once the server has taken it. */
  keepKey = $state(false);
  /** Addresses whose key is kept; the keys themselves are read when they are sent. */
  #withKey = $state.raw<readonly string[]>([]);
  #attempt = $state.raw<ConnectionAttempt>({ kind: 'idle' });
  #connected = $state.raw<readonly ConnectedServer[]>([]);
  #controller: AbortController | null = null;
  readonly #bridge: ServerBridge;
  readonly memory: ServerMemory;
  readonly #keys: KeyStore;
  readonly #models: Models;
  readonly #preferences: Preferences;

  constructor(bridge: ServerBridge, keys: KeyStore, models: Models, preferences: Preferences) {
    this.#bridge = bridge;
    this.memory = new ServerMemory(bridge, (now) => {
      this.#show(this.#connected.map((server) => (server.address === now.address ? now : server)));
    });
    this.#keys = keys;
    this.#models = models;
    this.#preferences = preferences;
    this.#seeKeys();
  }

  get kind(): ServerKind {
    return this.#kind;
  }

  get address(): string {
    return this.#address;
  }

  get attempt(): ConnectionAttempt {
    return this.#attempt;
  }

  get connected(): readonly ConnectedServer[] {
    return this.#connected;
  }

  /** Connected to before, and not now. */
  get saved(): readonly SavedServer[] {
    const now = this.#connected.map(({ address }) => address);
    return this.#preferences.current.servers.filter(({ address }) => !now.includes(address));
  }

  get concurrency(): number {
    return this.#preferences.current.serverConcurrency;
  }

  set concurrency(n: number) {
    this.#preferences.change({ serverConcurrency: n });
  }

  /** Seconds that a server which goes away is waited for in a run; null: until it is back. */
  get waitSeconds(): number | null {
    return this.#preferences.current.serverWaitSeconds;
  }

  set waitSeconds(seconds: number | null) {
    this.#preferences.change({ serverWaitSeconds: seconds });
  }

  chooseKind(kind: ServerKind): void {
    this.#kind = kind;
    this.changeAddress(SERVER_PRESETS[kind][0] ?? '');
  }

  /** A key is for one address: another address does not get it. */
  changeAddress(address: string): void {
    this.#address = address;
    this.key = '';
    this.keepKey = false;
    this.#attempt = { kind: 'idle' };
  }

  choose({ address, kind }: SavedServer): void {
    this.#kind = kind;
    this.changeAddress(address);
  }

  /** To be called on a click: the browser may ask the person for permission. Resolves when it is known what came of it. */
  async connect(): Promise<void> {
    const checked = this.#bridge.checkAddress(this.#address);
    if (!checked.ok) {
      this.#attempt = { kind: 'bad-address', problem: checked.problem };
      return;
    }
    // A preset with two addresses: the other one is tried too, where nothing is at the first.
    const usual = SERVER_PRESETS[this.#kind];
    const others = usual.includes(checked.address) ? usual.filter((address) => address !== checked.address) : [];
    const addresses = [checked.address, ...others];
    const target = { address: checked.address, kind: this.#kind };
    if (!this.#bridge.mayReach(target.address)) {
      this.#remember(target);
      this.#attempt = { kind: 'reload-needed', target };
      return;
    }
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.#attempt = { kind: 'connecting', target };
    const outcome = await this.#firstOf(addresses, target.kind, controller.signal);
    if (controller.signal.aborted) return;
    if ('code' in outcome) {
      this.#attempt = { kind: 'failed', target, failure: outcome };
      return;
    }
    this.#remember({ address: outcome.address, kind: target.kind });
    // Not before: a key that the server refuses is not worth keeping.
    if (this.keepKey && this.key !== '') this.#keys.keep(outcome.address, this.key);
    this.keepKey = false;
    this.#seeKeys();
    this.#show([outcome, ...this.#connected.filter(({ address }) => address !== outcome.address)]);
    this.key = '';
    this.#attempt = { kind: 'idle' };
  }

  cancel(): void {
    this.#controller?.abort();
    this.#attempt = { kind: 'idle' };
  }

  /** The key goes with it. */
  async disconnect(address: string): Promise<void> {
    this.#show(this.#connected.filter((server) => server.address !== address));
    await this.#bridge.disconnect(address);
  }

  /** The address, and the key that was kept for it. */
  forget(address: string): void {
    this.forgetKey(address);
    this.#preferences.change({ servers: this.#preferences.current.servers.filter((s) => s.address !== address) });
  }

  hasKey(address: string): boolean {
    return this.#withKey.includes(address);
  }

  /** A connection that stands goes on with it; the next one has to be told. */
  forgetKey(address: string): void {
    this.#keys.forget(address);
    this.#seeKeys();
  }

  /** The first address where a server is; where none is, what is wrong with the first. */
  async #firstOf(
    addresses: readonly string[],
    kind: ServerKind,
    signal: AbortSignal,
  ): Promise<ConnectedServer | Failure> {
    let first: Failure | null = null;
    for (const address of addresses) {
      try {
        const key = this.key === '' ? this.#keys.of(address) : this.key;
        return await this.#bridge.connect({ address, kind, key }, signal);
      } catch (thrown) {
        first ??= toFailure(thrown);
        if (first.code !== 'server-off') break;
      }
    }
    return first ?? failure('unexpected', 'no address');
  }

  #seeKeys(): void {
    const { servers } = this.#preferences.current;
    this.#withKey = servers.map(({ address }) => address).filter((address) => this.#keys.of(address) !== null);
  }

  #show(servers: readonly ConnectedServer[]): void {
    this.#connected = servers;
    // The newest connection first, as the engine does it.
    const addressOf = ({ id, revision }: ModelRef): string | null =>
      servers.find(({ models }) => models.some(({ card }) => card.ref.id === id && card.ref.revision === revision))
        ?.address ?? null;
    this.#models.showRemote(
      servers.flatMap(({ models }) => models.map(({ card }) => card)),
      addressOf,
    );
  }

  #remember(server: SavedServer): void {
    const others = this.#preferences.current.servers.filter(({ address }) => address !== server.address);
    this.#preferences.change({ servers: [server, ...others].slice(0, REMEMBERED) });
  }
}

/** For `App.of`: comes with the page that connects servers. */
export function serversState({ serverPorts: { bridge, keys }, models, preferences }: App): Servers {
  return new Servers(bridge, keys, models, preferences);
}
