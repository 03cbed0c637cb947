import type {
  ChatStore,
  Downloader,
  KeyStore,
  ResultStore,
  RunHeader,
  SettingsStore,
  SuiteStore,
  Tombstones,
} from '#domain';
import { DeviceState } from './device.svelte.ts';
import { jobHeader, type Job, type JobRequest } from './job.ts';
import type { LoadPorts } from './keptModel.ts';
import { Launcher } from './launch.svelte.ts';
import { Models } from './models.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import type { DeviceProbe, KeptQueues, ModelLibrary, QueueKeeping, RunnerPorts, ServerBridge } from './ports.ts';
import type { Playground } from './playground/index.ts';
import { Preferences } from './preferences.svelte.ts';
import { QueueWatch } from './queueWatch.svelte.ts';
import { Results, type Judging } from './results.svelte.ts';
import { Runner } from './runner.svelte.ts';
import { RunSetup } from './setup.svelte.ts';
import { Suites, type SuiteEntry } from './suites.svelte.ts';

export interface AppPorts extends Omit<
  RunnerPorts,
  'knownSelfTest' | 'onSelfTest' | 'onQueue' | 'keepQueue' | 'concurrency' | 'serverWaitMs' | 'laneOf'
> {
  readonly library: ModelLibrary;
  readonly settings: SettingsStore;
  readonly servers: ServerBridge;
  readonly serverKeys: KeyStore;
  readonly builtInSuites: readonly SuiteEntry[];
  /** The user's own suites. */
  readonly suiteStore: SuiteStore;
  /** The playground's conversations. Opened with that page. */
  readonly chats: () => Promise<ChatStore>;
  /** Queues that outlive their tab. Opened after the first paint. */
  readonly queues: () => Promise<KeptQueues>;
  readonly probeDevice: () => Promise<DeviceProbe>;
  /** Whether results are kept after the tab is closed; false where the browser refuses storage. */
  readonly durable: boolean;
  /** Whether there may be tombstones: a look at the names of what is stored, without reading it. */
  readonly maybeKilled: boolean;
}

/** All state of the page, as one object in Svelte's context. */
export class App {
  readonly navigation = new Navigation();
  readonly device: DeviceState;
  readonly models: Models;
  readonly suites: Suites;
  readonly results: Results;
  readonly preferences: Preferences;
  readonly queueWatch = new QueueWatch();
  readonly runner: Runner;
  readonly launcher: Launcher;
  readonly setup: RunSetup;
  readonly durable: boolean;
  readonly maybeKilled: boolean;
  /** Loads the page again in a newer version that has come; null: none has. */
  newVersion = $state.raw<(() => void) | null>(null);
  /** A model is writing in the playground: a reload would cut it off, as it would a run. */
  writing = $state(false);
  #playground: Promise<Playground> | null = null;
  // Not state: nothing is drawn anew when something is made.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #kept = new Map<unknown, unknown>();
  /** What loading a model needs; for pages that load one by themselves. */
  readonly loadPorts: LoadPorts;
  readonly ports: AppPorts;

  constructor(ports: AppPorts) {
    this.ports = ports;
    this.durable = ports.durable;
    this.maybeKilled = ports.maybeKilled;
    this.device = new DeviceState(ports.probeDevice);
    this.models = new Models(ports.library);
    this.suites = new Suites(ports.builtInSuites, { store: ports.suiteStore, now: () => ports.clock.now() });
    this.results = new Results(ports.store, ports.lock, this.suites);
    this.preferences = new Preferences(ports.settings);
    this.loadPorts = {
      engine: ports.engine,
      clock: ports.clock,
      ...(ports.tombstones === undefined ? {} : { tombstones: ports.tombstones }),
      otherBuilds: (model) => this.models.otherBuilds(model),
      knownSelfTest: (device) => this.device.knownSelfTest(device, this.preferences.current.selfTests),
      onSelfTest: (device, known) => {
        const key = this.device.selfTestKey(device);
        if (key === null || known.result.kind === 'unverified') return;
        const { selfTests } = this.preferences.current;
        this.preferences.change({ selfTests: { ...selfTests, [key]: known } });
      },
    };
    this.runner = new Runner(
      {
        ...ports,
        ...this.loadPorts,
        concurrency: () => this.preferences.current.serverConcurrency,
        serverWaitMs: () => 1000 * (this.preferences.current.serverWaitSeconds ?? Infinity),
        laneOf: ({ device, model }) => (device === 'server' ? this.models.addressOf(model.ref) : null),
        onQueue: () => this.queueWatch.begin(),
        keepQueue: (jobs) => this.#keep(jobs),
      },
      (header) => this.results.note(header),
    );
    this.launcher = new Launcher(this.runner, this.device);
    this.setup = new RunSetup(this.models, this.suites);
  }

  /** Reads what storage and device have to say. Nothing of it holds the first paint up. */
  async open(view: Window): Promise<void> {
    this.navigation.follow(view);
    await Promise.all([this.models.refresh(), this.suites.refresh(), this.results.refresh(), this.device.refresh()]);
  }

  /**
   * What some pages keep for the life of the tab: made when first asked for, so that its code comes with those pages and
   * not with the first bytes. `make` is the key: each function has one value.
   */
  of<T>(make: (app: App) => T): T {
    if (!this.#kept.has(make)) this.#kept.set(make, make(this));
    return this.#kept.get(make) as T;
  }

  async #keep(jobs: readonly Job[]): Promise<QueueKeeping | null> {
    // Where its code cannot be fetched the queue runs as it would.
    const code = await import('./queues/waitingQueues.svelte.ts').catch(() => null);
    return code === null ? null : this.of(code.waitingQueues).keep(jobs);
  }

  /** What tabs were at that were killed: read with the first page that asks. */
  async deaths(): Promise<Awaited<ReturnType<Tombstones['ofTheDead']>>> {
    const tombstones = await this.ports.tombstones?.();
    return (await tombstones?.ofTheDead()) ?? [];
  }

  async forgetDeath(key: string): Promise<void> {
    (await this.ports.tombstones?.())?.forget(key);
  }

  get store(): ResultStore {
    return this.ports.store;
  }

  /** The way to model servers, and the keys of theirs that are kept here. */
  get serverPorts(): { readonly bridge: ServerBridge; readonly keys: KeyStore } {
    return { bridge: this.ports.servers, keys: this.ports.serverKeys };
  }

  /** What fetches models into the store of this device. */
  downloader(): Promise<Downloader> {
    return this.ports.library.downloader();
  }

  /** Whether models of this engine can be loaded in this page. */
  canLoad(engine: string): boolean {
    const { id, builds = [id] } = this.ports.engine;
    return builds.includes(engine);
  }

  /** The playground's state: its code comes with its page, and it outlives a visit to another one. */
  playground(): Promise<Playground> {
    this.#playground ??= this.#openPlayground();
    // A fetch that failed may go well the next time.
    this.#playground.catch(() => (this.#playground = null));
    return this.#playground;
  }

  async #openPlayground(): Promise<Playground> {
    const [{ Playground, catalogueState }, chats] = await Promise.all([
      import('./playground/index.ts'),
      this.ports.chats(),
    ]);
    const { clock, newId } = this.ports;
    const { models, device } = this;
    const catalogue = this.of(catalogueState);
    const random = Math.random;
    return new Playground({ ...this.loadPorts, clock, newId, chats, models, device, catalogue, random });
  }

  /** The runs that this tab is loading or running. A new run has no id before it is loaded. */
  get busyRunIds(): readonly string[] {
    return this.runner.working.flatMap((job) => jobHeader(job)?.id ?? []);
  }

  /** Keeps what a person says of an answer, beside its verdict. Rejects like `results.judge`. */
  judge(judging: Judging): Promise<void> {
    return this.results.judge(judging, this.ports.clock.now());
  }

  /** The job that goes on with a stored run; a string names what is missing for it on this device. */
  async resumeRequest(header: RunHeader): Promise<JobRequest | 'model-missing' | 'suite-missing'> {
    if (this.models.cards.kind !== 'ready') await this.models.refresh();
    const model = this.models.find(header.spec.model);
    if (model === null) return 'model-missing';
    const suite = await this.results.suiteOf(header);
    if (suite === null) return 'suite-missing';
    const { contextLength } = header.spec;
    const less = contextLength > 0 && contextLength < model.contextLength ? { contextLength } : {};
    return { model, suite, device: header.environment.device, ...less, limit: null, resume: header };
  }
}
