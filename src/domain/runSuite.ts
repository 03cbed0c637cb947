import { Absence, type Waiting } from './absence.ts';
import { askPatiently, type AskEvent, type Asking } from './askItem.ts';
import type { LoadedModel } from './engine.ts';
import { FailureError, freshWorkerMayHelp, toFailure } from './failure.ts';
import { inFlight } from './inFlight.ts';
import { replaceable } from './replaceable.ts';
import type { ItemPorts } from './runItem.ts';
import { withVerdict, type ItemRecord, type RunHeader, type RunState } from './run.ts';
import type { ResultStore } from './store.ts';
import type { Item, Suite } from './suite.ts';
import { verdictLetter } from './verdict.ts';

export interface RunPorts extends ItemPorts {
  readonly store: ResultStore;
}

export interface RunSession {
  /** New, stopped, interrupted or failed: whatever is pending or unscored in it is asked. */
  readonly header: RunHeader;
  readonly suite: Suite;
  readonly model: LoadedModel;
  /** A fresh worker with the same model, after the old one died or its device was lost. The old one is disposed. */
  readonly reload: (signal: AbortSignal) => Promise<LoadedModel>;
  /** Items that are asked at once, for servers that can; default 1. Each is stored as it comes, at its place. */
  readonly concurrency?: number;
  /** Absent: a server that goes away is not waited for, and what it failed to answer is unscored. */
  readonly waiting?: Waiting;
}

export type RunEvent =
  | AskEvent
  /** Written before it is announced: a reload after this event finds the item. */
  | { readonly type: 'answered'; readonly record: ItemRecord; readonly header: RunHeader }
  /** Always the last event. */
  | { readonly type: 'ended'; readonly header: RunHeader };

/** So many items in a row that an engine in this page could not answer even with a fresh worker end the run. */
const HOPELESS = 3;

/**
 * Runs what is left of a run: item by item (or several at once), grouped by passage, each stored with the header in one
 * transaction. Stops at once when the signal is aborted. Never throws: a failure that ends the run is in the last
 * event's header.
 */
export async function* runSuite(session: RunSession, ports: RunPorts, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const models = replaceable(session, signal);
  const absence = new Absence(models, session.waiting ?? null, ports.clock, signal);
  const asking: Asking = { models, absence, ports, signal };
  const together = session.concurrency ?? 1;
  let header = session.header;
  let hopeless = 0;
  try {
    header = await writeState(header, { kind: 'running' }, ports);
    const { id: runId, spec } = header;
    const tasks = remainingItems(header, session.suite).map((left) => ({ runId, spec, suite: session.suite, ...left }));
    const queue = new OnceMore(tasks);
    let countedUntil = ports.clock.elapsed();
    for await (const step of inFlight(queue, (task) => askPatiently(task, asking), together)) {
      if (step.kind === 'event') {
        // A minute in which nobody could be asked is no item's.
        if (step.event.type === 'back') countedUntil = ports.clock.elapsed();
        yield step.event;
        continue;
      }
      const { attempt, begun } = step.result;
      if (attempt.kind === 'cancelled') break;
      // Items that overlap must not count the same second twice.
      const now = ports.clock.elapsed();
      const next = withItem(header, attempt.record, (now - (together === 1 ? begun : countedUntil)) / 1000, ports);
      countedUntil = now;
      await ports.store.putItem(next, attempt.record);
      // Not before: a header must never count an item that storage refused.
      header = next;
      yield { type: 'answered', record: attempt.record, header };
      if (attempt.kind === 'failed' && attempt.failure.code === 'answer-broken') queue.again(attempt.record.index);
      const here = models.current().absence === undefined;
      hopeless = here && attempt.kind === 'failed' && freshWorkerMayHelp(attempt.failure) ? hopeless + 1 : 0;
      if (attempt.kind === 'failed' && hopeless === HOPELESS) throw new FailureError(attempt.failure);
      if (signal.aborted) break;
    }
    const state: RunState = signal.aborted ? { kind: 'stopped' } : { kind: 'finished' };
    header = await writeState(header, state, ports);
  } catch (thrown) {
    const state: RunState = signal.aborted ? { kind: 'stopped' } : { kind: 'failed', failure: toFailure(thrown) };
    // Where even this write fails (storage is full or gone), the items written before it still stand, and the header
    // in storage says `running`: the next visit offers to resume.
    header = await writeState(header, state, ports).catch(() => ({ ...header, state }));
  }
  yield { type: 'ended', header };
}

/**
 * The tasks in their order; after all of them, once more, those whose answer broke off while its server lived: what cut
 * the connection then (a proxy, a swap of models) is often over by then. Until then they are unscored.
 */
class OnceMore<T extends { readonly index: number }> implements Iterable<T> {
  readonly #left: T[];
  readonly #once: Map<number, T>;

  constructor(tasks: readonly T[]) {
    this.#left = [...tasks];
    this.#once = new Map(tasks.map((task) => [task.index, task]));
  }

  again(index: number): void {
    const task = this.#once.get(index);
    this.#once.delete(index);
    if (task !== undefined) this.#left.push(task);
  }

  /** Not a generator: after its end there may be a next one. */
  [Symbol.iterator](): Iterator<T> {
    return {
      next: () => {
        const value = this.#left.shift();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
    };
  }
}

/** What is still to be asked: pending and unscored items, those of one passage together, else in the suite's order. */
export function remainingItems(header: RunHeader, suite: Suite): readonly { item: Item; index: number }[] {
  const items = new Map(suite.items.map((item) => [item.id, item]));
  const groups = new Map<string, { item: Item; index: number }[]>();
  header.spec.itemIds.forEach((id, index) => {
    const item = items.get(id);
    if (item === undefined) throw new RangeError(`${suite.id}: no item ${id}`);
    const letter = header.verdicts[index];
    if (letter !== '.' && letter !== 'u') return;
    const key = item.passage === undefined ? `item ${id}` : `passage ${item.passage}`;
    groups.set(key, [...(groups.get(key) ?? []), { item, index }]);
  });
  return [...groups.values()].flat();
}

function withItem(header: RunHeader, record: ItemRecord, seconds: number, ports: RunPorts): RunHeader {
  return {
    ...header,
    updatedAt: ports.clock.now(),
    seconds: header.seconds + seconds,
    decodedTokens: header.decodedTokens + Math.max(0, (record.usage?.outputTokens ?? 0) - 1),
    // Time without a count of tokens says nothing about a rate.
    decodeMs: header.decodeMs + (record.usage === null ? 0 : (record.timing?.decodeMs ?? 0)),
    ...withThinking(header, record),
    verdicts: withVerdict(header.verdicts, record.index, verdictLetter(record.verdict)),
  };
}

/** Failed items have no thinking, so an item that is asked again is not counted twice. */
function withThinking({ thinking }: RunHeader, record: ItemRecord): Pick<RunHeader, 'thinking'> {
  if (record.thinking === undefined) return thinking === undefined ? {} : { thinking };
  const { tokens, cut } = record.thinking;
  const before = thinking ?? { items: 0, tokens: 0, cutThinking: 0, cutAnswering: 0 };
  return {
    thinking: {
      items: before.items + 1,
      tokens: before.tokens + tokens,
      cutThinking: before.cutThinking + (cut ? 1 : 0),
      cutAnswering: before.cutAnswering + (!cut && record.finish === 'length' ? 1 : 0),
    },
  };
}

async function writeState(header: RunHeader, state: RunState, ports: RunPorts): Promise<RunHeader> {
  const next = { ...header, state, updatedAt: ports.clock.now() };
  await ports.store.putHeader(next);
  return next;
}
