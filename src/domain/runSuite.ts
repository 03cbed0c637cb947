import type { LoadedModel } from './engine.ts';
import { FailureError, toFailure, type Failure } from './failure.ts';
import { inFlight } from './inFlight.ts';
import { runItem, type Attempt, type ItemEvent, type ItemPorts, type ItemTask } from './runItem.ts';
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
}

export type RunEvent =
  | ItemEvent
  /** Written before it is announced: a reload after this event finds the item. */
  | { readonly type: 'answered'; readonly record: ItemRecord; readonly header: RunHeader }
  /** The engine failed on this item; a fresh worker tries it once more. */
  | { readonly type: 'retrying'; readonly index: number; readonly failure: Failure }
  /** Always the last event. */
  | { readonly type: 'ended'; readonly header: RunHeader };

/** So many items in a row that the engine could not answer even with a fresh worker end the run. */
const HOPELESS = 3;

/**
 * Runs what is left of a run: item by item (or several at once), grouped by passage, each stored with the header in one
 * transaction. Stops at once when the signal is aborted. Never throws: a failure that ends the run is in the last
 * event's header.
 */
export async function* runSuite(session: RunSession, ports: RunPorts, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const models = replaceable(session, signal);
  const together = session.concurrency ?? 1;
  let header = session.header;
  let hopeless = 0;
  try {
    header = await writeState(header, { kind: 'running' }, ports);
    const { id: runId, spec } = header;
    const tasks = remainingItems(header, session.suite).map((left) => ({ runId, spec, suite: session.suite, ...left }));
    let countedUntil = ports.clock.elapsed();
    for await (const step of inFlight(tasks, (task) => askTwice(task, models, ports, signal), together)) {
      if (step.kind === 'event') {
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
      hopeless = attempt.kind === 'failed' && attempt.failure.retryable ? hopeless + 1 : 0;
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

interface Asked {
  readonly attempt: Attempt;
  /** By the clock's `elapsed`. */
  readonly begun: number;
}

/** Asks an item, and once more with a fresh model where the engine failed in a way that may pass. */
async function* askTwice(
  task: ItemTask,
  models: Replaceable,
  ports: RunPorts,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, Asked> {
  const begun = ports.clock.elapsed();
  const model = models.current();
  const attempt = yield* runItem(task, model, ports, signal);
  if (attempt.kind !== 'failed' || !attempt.failure.retryable) return { attempt, begun };
  yield { type: 'retrying', index: task.index, failure: attempt.failure };
  return { attempt: yield* runItem(task, await models.instead(model), ports, signal), begun };
}

interface Replaceable {
  current(): LoadedModel;
  /** A model that is not the broken one: all items that it failed at once share one reload. */
  instead(broken: LoadedModel): Promise<LoadedModel>;
}

function replaceable({ model, reload }: RunSession, signal: AbortSignal): Replaceable {
  let current = model;
  let reloading: Promise<LoadedModel> | null = null;
  const replace = async (): Promise<LoadedModel> => {
    current = await reload(signal);
    reloading = null;
    return current;
  };
  return {
    current: () => current,
    instead: (broken) => (broken === current ? (reloading ??= replace()) : Promise.resolve(current)),
  };
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
    verdicts: withVerdict(header.verdicts, record.index, verdictLetter(record.verdict)),
  };
}

async function writeState(header: RunHeader, state: RunState, ports: RunPorts): Promise<RunHeader> {
  const next = { ...header, state, updatedAt: ports.clock.now() };
  await ports.store.putHeader(next);
  return next;
}
