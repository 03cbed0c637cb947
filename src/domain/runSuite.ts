import type { LoadedModel } from './engine.ts';
import { FailureError, toFailure, type Failure } from './failure.ts';
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
 * Runs what is left of a run: item by item, grouped by passage, each stored with the header in one transaction. Stops
 * at once when the signal is aborted. Never throws: a failure that ends the run is in the last event's header.
 */
export async function* runSuite(session: RunSession, ports: RunPorts, signal: AbortSignal): AsyncGenerator<RunEvent> {
  let model = session.model;
  let header = session.header;
  let hopeless = 0;
  try {
    header = await writeState(header, { kind: 'running' }, ports);
    for (const { item, index } of remainingItems(header, session.suite)) {
      const task: ItemTask = { runId: header.id, spec: header.spec, suite: session.suite, item, index };
      const begun = ports.clock.elapsed();
      let attempt: Attempt = yield* runItem(task, model, ports, signal);
      if (attempt.kind === 'failed' && attempt.failure.retryable) {
        yield { type: 'retrying', index, failure: attempt.failure };
        model = await session.reload(signal);
        attempt = yield* runItem(task, model, ports, signal);
      }
      if (attempt.kind === 'cancelled') break;
      const next = withItem(header, attempt.record, (ports.clock.elapsed() - begun) / 1000, ports);
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
    decodeMs: header.decodeMs + (record.timing?.decodeMs ?? 0),
    verdicts: withVerdict(header.verdicts, record.index, verdictLetter(record.verdict)),
  };
}

async function writeState(header: RunHeader, state: RunState, ports: RunPorts): Promise<RunHeader> {
  const next = { ...header, state, updatedAt: ports.clock.now() };
  await ports.store.putHeader(next);
  return next;
}
