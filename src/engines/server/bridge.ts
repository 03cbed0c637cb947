import * as v from 'valibot';
import {
  failure,
  FailureError,
  toFailure,
  type ConnectedServer,
  type Environment,
  type Failure,
  type LoadedModel,
  type LoadRequest,
  type ModelRef,
  type ServerKind,
} from '#domain';
import { named } from './ask.ts';
import { askJson, type Connection } from './connection.ts';
import { Gate } from './gate.ts';
import { listModels } from './listing/index.ts';
import type { Offered } from './listing/offered.ts';
import { kindOf, plainSchema } from './listing/plain.ts';
import { isManageable, setLoaded } from './memory.ts';
import { ServerModel } from './model.ts';
import { PATIENCE, type OpenTemplate, type Patience, type Send } from './port.ts';
import { reach, type Surroundings } from './probes.ts';
import { rawPrompts } from './rawPrompts.ts';
import { thinkingAt } from './thinking.ts';
import { persistently } from './tries.ts';

export interface ServerTarget {
  /** Without a slash at the end; "/v1/…" follows. */
  readonly address: string;
  readonly key: string | null;
  /** What the person says it is; `other`: what it says itself. */
  readonly kind: ServerKind;
}

export interface BridgePorts {
  readonly send: Send;
  readonly openTemplate: OpenTemplate;
  /** What the browser lets a page do at this address. */
  readonly surroundings: (address: string) => Promise<Surroundings>;
  readonly platform: Pick<Environment, 'browser' | 'os'>;
  readonly patience?: Partial<Patience>;
}

interface Open {
  readonly connection: Connection;
  readonly gate: Gate;
  readonly models: readonly Offered[];
  readonly version: string | null;
}

/** The servers that are connected to, and the models on them. Keys live here and nowhere else. */
export class Bridge {
  readonly #ports: BridgePorts;
  readonly #open = new Map<string, Open>();

  constructor(ports: BridgePorts) {
    this.#ports = ports;
  }

  /** Rejects with a FailureError whose code is the diagnosis. A server that is connected already is asked anew. */
  async connect(target: ServerTarget, signal: AbortSignal): Promise<ConnectedServer> {
    const { send, surroundings, patience } = this.#ports;
    const { address, key } = target;
    const around = await surroundings(address);
    const connection: Connection = { address, key, kind: target.kind, send, patience: { ...PATIENCE, ...patience } };
    // While the browser asks the person for permission the request waits.
    const asking = around.permission === 'prompt' ? { shortMs: 6 * connection.patience.shortMs } : {};
    const plain = await reach({ ...connection, patience: { ...connection.patience, ...asking } }, around, signal);
    const kind = target.kind === 'other' ? kindOf(plain) : target.kind;
    const sure = { ...connection, kind };
    const { models, version } = await listModels(sure, plain, signal);
    // The newest is asked first: see #find.
    this.#open.delete(address);
    const open = { connection: sure, gate: new Gate(), models, version };
    this.#open.set(address, open);
    return connected(open);
  }

  /**
   * Has a model taken into its server's memory, or out of it, and tells what the server offers then. Rejects with a
   * FailureError, or the signal's reason: what the server has begun it goes on with.
   */
  async setLoaded(address: string, ref: ModelRef, wanted: boolean, signal: AbortSignal): Promise<ConnectedServer> {
    const open = this.#open.get(address);
    const offered = open?.models.find(({ card }) => sameWeights(card.ref, ref));
    if (open === undefined || offered === undefined) throw new FailureError(failure('no-model', ref.name));
    const { connection } = open;
    await setLoaded(connection, offered, wanted, signal);
    const plain = v.safeParse(plainSchema, await askJson(connection, '/v1/models', signal));
    const { models, version } = await listModels(connection, plain.success ? plain.output.data : [], signal);
    const now = { ...open, models, version };
    this.#open.set(address, now);
    return connected(now);
  }

  disconnect(address: string): void {
    this.#open.delete(address);
  }

  /** The model's server is asked whether it still has it; where it can load models, it does so now. */
  async load({ model, onProgress }: LoadRequest, signal: AbortSignal): Promise<LoadedModel> {
    signal.throwIfAborted();
    const { open, offered } = this.#find(model);
    const { connection, gate, version } = open;
    onProgress({ phase: 'session' });
    if (connection.kind === 'lm-studio' && offered.loaded === false) {
      // Where it fails, the first question makes LM Studio load it (or says why not).
      await setLoaded(connection, offered, true, signal).catch(() => signal.throwIfAborted());
    }
    await mustOffer(connection, offered, signal);
    const { browser, os } = this.#ports.platform;
    return new ServerModel({
      connection,
      gate,
      wireName: offered.wireName,
      contextLength: offered.card.contextLength,
      absence: (signal) => this.#absence(model, signal),
      raw: await rawPrompts(connection, this.#ports.openTemplate, signal),
      thinking: await thinkingAt(connection, offered.wireName, signal),
      environment: {
        device: 'server',
        engine: { id: 'server', version: [connection.kind, version].filter((part) => part !== null).join(' ') },
        browser,
        os,
        threads: null,
        adapter: null,
        selfTest: { kind: 'unverified', reason: 'server' },
      },
    });
  }

  /** By the connection that there is now: a person may have connected again, with another key. One try, no patience. */
  async #absence(ref: ModelRef, signal: AbortSignal): Promise<Failure | null> {
    let open: Open | null = null;
    try {
      const found = this.#find(ref);
      ({ open } = found);
      const { connection } = open;
      const once = { ...connection, patience: { ...connection.patience, retries: 0 } };
      await mustOffer(once, found.offered, signal);
      return null;
    } catch (thrown) {
      signal.throwIfAborted();
      const gone = toFailure(thrown);
      // llama-cpp-python's server lists nothing while it answers: that it is silent meanwhile says that it is there.
      return gone.code === 'timed-out' && open?.gate.busy === true ? null : gone;
    }
  }

  #find(ref: ModelRef): { open: Open; offered: Offered } {
    for (const open of [...this.#open.values()].reverse()) {
      const offered = open.models.find(({ card }) => sameWeights(card.ref, ref));
      if (offered !== undefined) return { open, offered };
    }
    throw new FailureError(failure('no-model', `${ref.name}: no server is connected that has it`));
  }
}

function connected({ connection, models, version }: Open): ConnectedServer {
  return {
    address: connection.address,
    kind: connection.kind,
    version,
    models: models.map((model) => {
      const { card, architecture, loaded } = model;
      return { card, architecture, loaded, manageable: isManageable(connection, model) };
    }),
  };
}

function sameWeights(a: ModelRef, b: ModelRef): boolean {
  return a.id === b.id && a.revision === b.revision && a.build.quantisation === b.build.quantisation;
}

async function mustOffer(connection: Connection, { wireName }: Offered, signal: AbortSignal): Promise<void> {
  let listed: unknown;
  try {
    listed = await persistently(connection.patience, signal, () => askJson(connection, '/v1/models', signal));
  } catch (thrown) {
    signal.throwIfAborted();
    throw await named(thrown, connection, signal);
  }
  const parsed = v.safeParse(plainSchema, listed);
  if (!parsed.success) throw new FailureError(failure('not-json', `${connection.address}/v1/models`));
  if (parsed.output.data.some(({ id }) => id === wireName)) return;
  throw new FailureError(failure('no-model', wireName));
}
