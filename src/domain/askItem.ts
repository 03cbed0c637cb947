import { missing, unreachable, type Absence, type AbsenceEvent } from './absence.ts';
import { freshWorkerMayHelp, type Failure } from './failure.ts';
import type { Replaceable } from './replaceable.ts';
import { runItem, type Attempt, type ItemEvent, type ItemPorts, type ItemTask } from './runItem.ts';

export interface Asking {
  readonly models: Replaceable;
  readonly absence: Absence;
  readonly ports: ItemPorts;
  readonly signal: AbortSignal;
}

export interface Asked {
  readonly attempt: Attempt;
  /** By the clock's `elapsed`. */
  readonly begun: number;
}

export type AskEvent =
  | ItemEvent
  | AbsenceEvent
  /** The engine failed on this item; a fresh worker tries it once more. */
  | { readonly type: 'retrying'; readonly index: number; readonly failure: Failure };

/** An item during which the server goes away is asked so often: it may be the one that brings the server down. */
const MOST_ASKED = 3;

/**
 * Asks an item until there is an answer or a failure that is the item's own; while its server is away, it waits. Of what
 * was said before a failure nothing is kept: one item makes one record.
 */
export async function* askPatiently(task: ItemTask, asking: Asking): AsyncGenerator<AskEvent, Asked> {
  const { absence } = asking;
  for (let asked = 1; ; asked += 1) {
    const gone = absence.givenUp ? await absence.now() : null;
    if (gone !== null) return askInVain(task, gone, asking);
    const result = yield* askTwice(task, asking);
    const { attempt } = result;
    if (attempt.kind !== 'failed' || asked === MOST_ASKED) return result;
    const away = await absence.now();
    // It was off and is there again: the item has not been asked yet.
    if (away === null && attempt.failure.code === 'server-off') continue;
    if (away === null || !(yield* absence.over(away))) return result;
  }
}

/** Asks an item, and once more with a fresh model where the engine failed in a way that may pass. */
async function* askTwice(task: ItemTask, asking: Asking): AsyncGenerator<AskEvent, Asked> {
  const { models, ports, signal } = asking;
  const begun = ports.clock.elapsed();
  const model = models.current();
  const attempt = yield* runItem(task, model, ports, signal);
  // A server that was off has been asked again already, where connections are made.
  if (attempt.kind !== 'failed' || !freshWorkerMayHelp(attempt.failure) || attempt.failure.code === 'server-off') {
    return { attempt, begun };
  }
  yield { type: 'retrying', index: task.index, failure: attempt.failure };
  if (model.absence !== undefined) {
    const gone = await missing(() => models.instead(model), signal);
    if (gone !== null) return askInVain(task, gone, asking);
  }
  return { attempt: yield* runItem(task, await models.instead(model), ports, signal), begun };
}

/** The record of an item that nobody was there to be asked. */
async function askInVain(task: ItemTask, gone: Failure, { models, ports, signal }: Asking): Promise<Asked> {
  const begun = ports.clock.elapsed();
  const events = runItem(task, unreachable(models.current(), gone), ports, signal);
  for (;;) {
    const step = await events.next();
    if (step.done === true) return { attempt: step.value, begun };
  }
}
