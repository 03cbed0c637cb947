/** A repository in the hub's layout with bytes that mean nothing, and a downloader whose waiting takes no time. */
import { createHash } from 'node:crypto';
import type { DownloadPlan, DownloadSource, ModelCard, WantedBuild } from '#domain';
import { downloader, type DownloaderPorts } from '../../../src/models/download/downloader.ts';
import { memoryPartials } from '../../../src/models/download/memoryPartials.ts';
import type { Partials } from '../../../src/models/download/partials.ts';
import type { Fetch } from '../../../src/models/network.ts';
import type { FakeHub, HubFile, HubRepository } from '../../fixtures/hub/server.ts';

export const REPOSITORY = 'someone/tiny-ONNX';
export const COMMIT = '0123456789abcdef0123456789abcdef01234567';
export const GRAPH = 'onnx/model_q4.onnx';
export const WEIGHTS = 'onnx/model_q4.onnx_data';
export const Q4: WantedBuild = { engine: 'transformers', quantisation: 'q4', name: 'Tiny' };

/** The same bytes for the same word. */
export function noise(word: string, bytes: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, i) =>
    createHash('sha256').update(`${word} ${i}`).digest(),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, bytes));
}

const text = (content: unknown): HubFile => ({ content: Buffer.from(JSON.stringify(content)), lfs: false });

export function tinyRepository(more: Readonly<Record<string, HubFile>> = {}): HubRepository {
  return {
    commit: COMMIT,
    files: {
      'README.md': text('not part of a build'),
      'config.json': text({ max_position_embeddings: 512 }),
      'tokenizer.json': text({ model: { vocab: {} } }),
      'tokenizer_config.json': text({ chat_template: '{{ messages }}' }),
      [GRAPH]: { content: Buffer.concat([noise('graph', 900), Buffer.from('model_q4.onnx_data')]), lfs: true },
      [WEIGHTS]: { content: noise('weights', 300_000), lfs: true },
      'onnx/model_fp16.onnx': { content: noise('fp16', 5_000), lfs: true },
      ...more,
    },
  };
}

export interface Bench {
  readonly ports: DownloaderPorts;
  readonly kept: { readonly card: ModelCard; readonly files: ReadonlyMap<string, Blob> }[];
  /** Pauses before tries, in ms. */
  readonly pauses: number[];
  readonly partials: Partials;
}

/** A page's fetch: what the server does not permit looks like a server that is off. */
export function likeABrowser(routes: Readonly<Record<string, string>> = {}): Fetch {
  return async (address, init) => {
    const route = Object.keys(routes).find((prefix) => address.startsWith(prefix));
    const target = route === undefined ? address : (routes[route] ?? '') + address.slice(route.length);
    const response = await fetch(target, { ...init, mode: 'cors' });
    if (init.mode === 'no-cors' || response.headers.get('Access-Control-Allow-Origin') === '*') return response;
    await response.body?.cancel();
    throw new TypeError('Failed to fetch');
  };
}

export function bench(change: Partial<DownloaderPorts> = {}): Bench {
  const kept: { card: ModelCard; files: ReadonlyMap<string, Blob> }[] = [];
  const pauses: number[] = [];
  const partials = memoryPartials((card, files) => {
    kept.push({ card, files });
    return card;
  });
  const ports: DownloaderPorts = {
    ...{ partials, stallMs: 5_000, send: likeABrowser() },
    room: () => Promise.resolve({ quota: 10_000_000, usage: 0 }),
    random: () => 0.5,
    elapsed: () => performance.now(),
    pause: (ms) => Promise.resolve(void pauses.push(ms)),
    persist: () => Promise.resolve(true),
    ...change,
  };
  return { ports, kept, pauses, partials };
}

export const never = new AbortController().signal;

export const sourceOf = (hub: FakeHub): DownloadSource => ({ kind: 'own', address: hub.address });

/** The plan of the q4 build. */
export async function planOf(hub: FakeHub, { ports }: Bench, build: WantedBuild = Q4): Promise<DownloadPlan> {
  const [plan] = await downloader(ports).look({ repository: REPOSITORY, revision: null, build }, sourceOf(hub), never);
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

export function start(plan: DownloadPlan, { ports }: Bench, signal: AbortSignal = never): Promise<ModelCard> {
  return downloader(ports).start(plan, () => undefined, signal);
}

/** Ranges that were asked of a file, '' for the whole. */
export function rangesOf(hub: FakeHub, file: string): string[] {
  return hub.requests.filter((request) => request.file === file).map((request) => request.range ?? '');
}
