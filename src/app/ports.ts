import type {
  Clock,
  ConnectedServer,
  Downloader,
  Engine,
  Grade,
  IsHidden,
  KnownSelfTest,
  ModelCard,
  ModelRef,
  NewId,
  QueueStore,
  ResultStore,
  RunLock,
  SavedServer,
  Tombstones,
} from '#domain';
import type { Job, JobRequest } from './job.ts';

/** What running needs of the outside. Wired in main.ts; scripted in the tests. */
export interface RunnerPorts {
  readonly engine: Engine;
  readonly store: ResultStore;
  readonly lock: RunLock;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly isHidden: IsHidden;
  /** What an earlier self-test found on this device; null where there was none. */
  readonly knownSelfTest: (device: 'webgpu' | 'wasm') => KnownSelfTest | null;
  /** Told after each load what the self-test found, so that the next load need not run it. */
  readonly onSelfTest: (device: 'webgpu' | 'wasm', known: KnownSelfTest) => void;
  /** Fetches the graders when first called: they are not part of the first bytes. */
  readonly grade: Grade;
  /** Items that a server is asked at once; default 1. */
  readonly concurrency?: () => number;
  /** Milliseconds that a server which goes away is waited for; absent: not at all. */
  readonly serverWaitMs?: () => number;
  /** The server's address where a job runs; null, and where it is absent: this page. */
  readonly laneOf?: (request: JobRequest) => string | null;
  /** Other builds of the same model that are on this device, best first: tried where one fails its test. */
  readonly otherBuilds?: (model: ModelCard) => readonly ModelCard[];
  /** Fetched with the first load. */
  readonly tombstones?: () => Promise<Tombstones>;
  /** Called when a queue begins; what it returns is called with the jobs when the queue has ended. */
  readonly onQueue?: () => (jobs: readonly Job[]) => void;
  /** Keeps the jobs of a queue that begins, so that they outlive the tab; null: nothing to keep. Never rejects. */
  readonly keepQueue?: (jobs: readonly Job[]) => Promise<QueueKeeping | null>;
}

/** What keeps a queue. Nothing here throws or rejects. */
export interface QueueKeeping {
  /** A job is over. */
  changed(jobs: readonly Job[]): void;
  /** All of them are: nothing stays behind. */
  end(): Promise<void>;
}

/** Where queues are kept, and the lock by which a queue at work is told from one that was left. */
export interface KeptQueues {
  readonly store: QueueStore;
  readonly lock: RunLock;
}

export type CheckedServerAddress =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly problem: 'not-an-address' | 'has-credentials' | 'http-elsewhere' };

/** The way to model servers. Keys stay behind it. */
export interface ServerBridge {
  /** What a person typed, as the address that is connected to. */
  checkAddress(text: string): CheckedServerAddress;
  /** Whether this page, as it was loaded, may talk to the address at all. */
  mayReach(address: string): boolean;
  /** On a click only. Rejects with a FailureError whose code says what is wrong, or the signal's reason. */
  connect(target: SavedServer & { readonly key: string | null }, signal: AbortSignal): Promise<ConnectedServer>;
  disconnect(address: string): Promise<void>;
  /** Into the server's memory, or out of it; resolves with what it offers then. Rejects like `connect`. */
  setLoaded(address: string, model: ModelRef, wanted: boolean, signal: AbortSignal): Promise<ConnectedServer>;
}

/** What the device can do, before anything is loaded. */
export interface DeviceProbe {
  /** Null where the browser has no WebGPU adapter. */
  readonly webgpu: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly f16: boolean;
    readonly subgroupMinSize: number | null;
    /** Largest buffer that a kernel may bind, in bytes. */
    readonly maxBindingBytes: number;
    /** Limits of the adapter that an engine may ask more of than it has; absent where they were not read. */
    readonly maxBufferBytes?: number;
    readonly workgroupStorageBytes?: number;
    readonly storageBuffersPerStage?: number;
    /** Computed by the processor: right, but slower than WASM. */
    readonly software: boolean;
  } | null;
  readonly crossOriginIsolated: boolean;
  /** Threads that WASM will use. */
  readonly threads: number;
  readonly browser: string;
  readonly os: string;
  readonly recommended: {
    readonly device: 'webgpu' | 'wasm';
    readonly because: 'gpu' | 'software-adapter' | 'no-webgpu';
  };
}

/** One file of a folder that a person picked or dropped. */
export interface FolderFile {
  /** With slashes, from the picked folder's own name on: "my-model/onnx/model_q4.onnx". */
  readonly path: string;
  readonly file: File;
}

/** What a folder holds, seen before anything is copied. */
export interface FolderReport {
  readonly name: string;
  /** Each build with the bytes of its files. Empty: nothing that can be loaded. */
  readonly builds: readonly { readonly quantisation: string; readonly bytes: number }[];
  /** The engine in whose layout it is. */
  readonly engine: string;
  /** The checklist: what a model in this layout must have, and whether it is there. */
  readonly checklist: readonly { readonly path: string; readonly found: boolean }[];
}

/** The models on this device. Methods reject with a FailureError. */
export interface ModelLibrary {
  /** The embedded model first, then imported ones by name. */
  list(): Promise<readonly ModelCard[]>;
  inspect(files: readonly FolderFile[]): Promise<FolderReport>;
  /** Copies one build into the browser's storage, hashing it on the way. An aborted import leaves nothing behind. */
  import(
    files: readonly FolderFile[],
    quantisation: string,
    onProgress: (loadedBytes: number, totalBytes: number) => void,
    signal: AbortSignal,
  ): Promise<ModelCard>;
  remove(card: ModelCard): Promise<void>;
  /** Fetched when first asked for. Puts what it brings beside the imported models. */
  downloader(): Promise<Downloader>;
}
