import type { App } from './app.svelte.ts';
import { toDownloadProblem, type Downloader, type DownloadProblem, type DownloadSource } from '#domain';
import { SvelteMap } from 'svelte/reactivity';

export type Probe =
  | { readonly kind: 'asking' }
  /** `found`: whether it has the small file that was asked for. */
  | { readonly kind: 'answered'; readonly ms: number; readonly found: boolean }
  | { readonly kind: 'failed'; readonly problem: DownloadProblem };

/** Small, public, and at each of the sources. */
export const PROBE_REPOSITORY = 'onnx-community/Qwen2.5-0.5B-Instruct';

/** Which sources of models answer here, and how fast. Nothing is asked before a person asks. */
export class Sources {
  readonly #probes = new SvelteMap<DownloadSource['kind'], Probe>();
  readonly #open: () => Promise<Downloader>;

  constructor(open: () => Promise<Downloader>) {
    this.#open = open;
  }

  get probes(): ReadonlyMap<DownloadSource['kind'], Probe> {
    return this.#probes;
  }

  get asking(): boolean {
    return [...this.#probes.values()].some(({ kind }) => kind === 'asking');
  }

  /** One after the other, so that none slows the next one's answer. Gives the first that answered. */
  async probe(sources: readonly DownloadSource[]): Promise<DownloadSource | null> {
    let first: DownloadSource | null = null;
    for (const source of sources) {
      this.#set(source.kind, { kind: 'asking' });
      const found = await this.#ask(source);
      this.#set(source.kind, found);
      if (found.kind === 'answered') first ??= source;
    }
    return first;
  }

  forget(kind: DownloadSource['kind']): void {
    this.#probes.delete(kind);
  }

  async #ask(source: DownloadSource): Promise<Probe> {
    try {
      const result = await (await this.#open()).probe(source, PROBE_REPOSITORY, new AbortController().signal);
      if (!result.ok) return { kind: 'failed', problem: result.failure };
      return { kind: 'answered', ms: result.ms, found: result.found };
    } catch (thrown) {
      return { kind: 'failed', problem: toDownloadProblem(thrown) };
    }
  }

  #set(kind: DownloadSource['kind'], probe: Probe): void {
    this.#probes.set(kind, probe);
  }
}

export const sourcesState = (app: App): Sources => new Sources(() => app.downloader());
