import { toFailure, type Failure } from '#domain';
import type { App } from '../app.svelte.ts';
import type { Results } from '../results.svelte.ts';
import { regrade, type Regraded } from './item.ts';
import { applyRegrade, planRegrade, type RegradePlan, type RegradePorts } from './run.ts';

export type RegradingState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'grading'; readonly done: number; readonly total: number }
  | { readonly kind: 'planned'; readonly plan: RegradePlan }
  | { readonly kind: 'writing'; readonly plan: RegradePlan }
  | { readonly kind: 'written'; readonly plan: RegradePlan }
  /** The run was changed between the look and the confirmation: nothing was written. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Grading one stored run again: first what would change, then, when the person says so, the change. */
export class Regrading {
  #state = $state.raw<RegradingState>({ kind: 'idle' });
  #abort: AbortController | null = null;
  readonly #results: Results;
  readonly #ports: RegradePorts & { readonly now: () => string };
  readonly #runId: string;

  constructor(results: Results, ports: RegradePorts & { readonly now: () => string }, runId: string) {
    this.#results = results;
    this.#ports = ports;
    this.#runId = runId;
  }

  get state(): RegradingState {
    return this.#state;
  }

  async look(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const show = (state: RegradingState): void => {
      if (this.#abort === abort) this.#state = state;
    };
    show({ kind: 'grading', done: 0, total: 0 });
    try {
      const run = await this.#results.detail(this.#runId);
      const total = run.items.length;
      show({ kind: 'grading', done: 0, total });
      const progress = (done: number): void => show({ kind: 'grading', done, total });
      const plan = await planRegrade(run, this.#ports, progress, abort.signal);
      if (plan !== null) show({ kind: 'planned', plan });
    } catch (thrown) {
      show({ kind: 'failed', failure: toFailure(thrown) });
    }
  }

  /** Back to the beginning; what is being graded is dropped. Nothing was written. */
  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#state = { kind: 'idle' };
  }

  /** Writes what was shown, all of it or nothing. */
  async confirm(): Promise<void> {
    if (this.#state.kind !== 'planned') return;
    const { plan } = this.#state;
    this.#state = { kind: 'writing', plan };
    try {
      const now = this.#ports.now();
      const outcome = await this.#results.rewrite(this.#runId, (stored) => applyRegrade(plan.items, stored, now));
      this.#state = outcome === 'written' ? { kind: 'written', plan } : { kind: 'stale' };
    } catch (thrown) {
      this.#state = { kind: 'failed', failure: toFailure(thrown) };
    }
  }
}

export function regradingOf({ ports: { grade, clock }, results }: App, runId: string): Regrading {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const ports = { grade, pause, elapsed: () => clock.elapsed(), now: () => clock.now() };
  return new Regrading(results, ports, runId);
}

/** What today's graders say of a stored output; nothing is written. Rejects like `results.item`. */
export async function regradeItem({ ports, results }: App, runId: string, index: number): Promise<Regraded> {
  return regrade(await results.item(runId, index), ports.grade);
}
