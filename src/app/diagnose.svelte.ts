import {
  GREEDY,
  runItem,
  toFailure,
  verdictLetter,
  type Device,
  type LoadProgress,
  type ModelCard,
  type RunSpec,
  type Suite,
} from '#domain';
import type { App, AppPorts } from './app.svelte.ts';
import {
  DIAGNOSIS_STEPS,
  type Diagnosis,
  type DiagnosedItem,
  type DiagnosisStep,
  type Room,
  type StepState,
} from './diagnosis.ts';
import { KeptModel, type LoadPorts } from './keptModel.ts';
import { newHeader } from './session.ts';

export type DiagnosePorts = LoadPorts &
  Pick<AppPorts, 'probeDevice' | 'grade' | 'isHidden' | 'newId'> & {
    readonly readRoom: () => Promise<Room>;
    /** The suite whose first items are asked. */
    readonly suite: { readonly id: string; load(): Promise<Suite> };
  };

/** Enough to see whether a model answers at all, and how fast. */
const ITEMS = 5;

/** One diagnosis after the other. Stores nothing: what it found is in `current` until the next one. */
export class Diagnoser {
  #current = $state.raw<Diagnosis | null>(null);
  #progress = $state.raw<LoadProgress | null>(null);
  #controller: AbortController | null = $state.raw(null);
  readonly #ports: DiagnosePorts;

  constructor(ports: DiagnosePorts) {
    this.#ports = ports;
  }

  get current(): Diagnosis | null {
    return this.#current;
  }

  /** While the model loads. */
  get progress(): LoadProgress | null {
    return this.#progress;
  }

  get busy(): boolean {
    return this.#controller !== null;
  }

  cancel(): void {
    this.#controller?.abort();
  }

  /** Never rejects: a step that fails is told as failed, and those that need it are skipped. */
  async run(model: ModelCard, device: Device): Promise<void> {
    if (this.#controller !== null) return;
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const kept = new KeptModel(this.#ports);
    this.#current = fresh(model, device, this.#ports);
    try {
      await this.#step('device', signal, async () => this.#note({ probe: await this.#ports.probeDevice() }));
      await this.#step('storage', signal, async () => this.#note({ room: await this.#ports.readRoom() }));
      const loaded = await this.#step('load', signal, () => this.#load(kept, model, device, signal));
      if (loaded === null) return;
      await this.#step('tests', signal, () => {
        const { environment } = loaded;
        this.#note({ environment, contextLength: loaded.loaded.contextLength });
        return Promise.resolve();
      });
      await this.#step('items', signal, () => this.#ask(loaded, signal));
    } finally {
      await kept.release();
      this.#progress = null;
      this.#settle();
      this.#controller = null;
    }
  }

  async #load(kept: KeptModel, model: ModelCard, device: Device, signal: AbortSignal) {
    let since: { readonly phase: LoadProgress['phase']; readonly at: number } | null = null;
    const close = (): void => {
      if (since === null) return;
      const ms = this.#ports.clock.elapsed() - since.at;
      this.#note({ phases: [...(this.#current?.phases ?? []), { phase: since.phase, ms }] });
    };
    const onProgress = (progress: LoadProgress): void => {
      this.#progress = progress;
      if (progress.phase === since?.phase) return;
      close();
      since = { phase: progress.phase, at: this.#ports.clock.elapsed() };
    };
    try {
      return await kept.takeCured({ model, device }, onProgress, signal);
    } finally {
      close();
      this.#progress = null;
    }
  }

  async #ask({ loaded, model, device, environment }: Awaited<ReturnType<KeptModel['takeCured']>>, signal: AbortSignal) {
    const suite = await this.#ports.suite.load();
    const request = { model, suite, device, limit: ITEMS, resume: null, sampling: GREEDY };
    const { id: runId, spec } = newHeader(request, loaded, environment, this.#ports);
    for (const [index, item] of suite.items.slice(0, ITEMS).entries()) {
      const asking = runItem({ runId, spec: spec satisfies RunSpec, suite, item, index }, loaded, this.#ports, signal);
      let step = await asking.next();
      while (step.done !== true) step = await asking.next();
      const attempt = step.value;
      if (attempt.kind === 'cancelled') signal.throwIfAborted();
      if (attempt.kind === 'cancelled') return;
      const { record } = attempt;
      const asked: DiagnosedItem = {
        id: item.id,
        letter: verdictLetter(record.verdict),
        outputTokens: record.usage?.outputTokens ?? null,
        firstTokenMs: record.timing?.firstTokenMs ?? null,
        decodeMs: record.timing?.decodeMs ?? null,
        failure: attempt.kind === 'failed' ? attempt.failure : null,
      };
      this.#note({ items: [...(this.#current?.items ?? []), asked] });
    }
  }

  /** Null: it failed, or was cancelled. */
  async #step<T>(id: DiagnosisStep, signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
    if (signal.aborted) return null;
    const began = this.#ports.clock.elapsed();
    const ms = (): number => this.#ports.clock.elapsed() - began;
    this.#mark(id, { kind: 'running' });
    try {
      const result = await work();
      this.#mark(id, { kind: 'done', ms: ms() });
      return result;
    } catch (thrown) {
      this.#mark(id, signal.aborted ? { kind: 'skipped' } : { kind: 'failed', ms: ms(), failure: toFailure(thrown) });
      return null;
    }
  }

  /** What was not come to is skipped. */
  #settle(): void {
    for (const id of DIAGNOSIS_STEPS) {
      const kind = this.#current?.steps[id].kind;
      if (kind === 'waiting' || kind === 'running') this.#mark(id, { kind: 'skipped' });
    }
  }

  #mark(id: DiagnosisStep, state: StepState): void {
    if (this.#current !== null) this.#note({ steps: { ...this.#current.steps, [id]: state } });
  }

  #note(found: Partial<Diagnosis>): void {
    if (this.#current !== null) this.#current = { ...this.#current, ...found };
  }
}

function fresh({ ref }: ModelCard, device: Device, { clock, suite }: DiagnosePorts): Diagnosis {
  const waiting = { kind: 'waiting' } as const;
  return {
    steps: { device: waiting, storage: waiting, load: waiting, tests: waiting, items: waiting },
    startedAt: clock.now(),
    model: ref,
    device,
    probe: null,
    room: null,
    phases: [],
    environment: null,
    contextLength: null,
    items: [],
    suite: suite.id,
  };
}

/** The page's own: lives as long as the tab. */
export function diagnosing({ ports, loadPorts }: App): Diagnoser {
  const [suite] = ports.builtInSuites;
  if (suite === undefined) throw new Error('there are no built-in suites');
  return new Diagnoser({ ...ports, ...loadPorts, readRoom, suite });
}

async function readRoom(): Promise<Room> {
  // Absent on insecure pages, and in browsers that do not tell, whatever the types say.
  const { storage, deviceMemory } = navigator as { readonly storage?: StorageManager; readonly deviceMemory?: number };
  const [estimate, persisted] = await Promise.all([storage?.estimate(), storage?.persisted()]);
  return {
    usedBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    persisted: persisted ?? null,
    memoryGiB: deviceMemory ?? null,
  };
}
