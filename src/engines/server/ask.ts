import { failure, FailureError } from '#domain';
import { pause } from '../scripted/waiting.ts';
import type { Chunk } from './chunk.ts';
import { headersFor, tryJson, type Connection } from './connection.ts';
import type { Gate } from './gate.ts';
import { Refusal } from './refusal.ts';
import { chunksOf, StreamEnded } from './stream.ts';
import { Tries } from './tries.ts';
import { within } from './within.ts';

export interface Question {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface TimedChunk extends Chunk {
  /** Milliseconds since this try was sent. */
  readonly ms: number;
}

/**
 * Asks until an answer begins: tries that failed before the first word leave nothing behind, so no answer counts twice.
 * An answer that breaks off later is not asked again here, because its words are out. Throws a FailureError or the
 * signal's reason.
 */
export async function* ask(
  connection: Connection,
  gate: Gate,
  question: Question,
  signal: AbortSignal,
): AsyncGenerator<TimedChunk, void, undefined> {
  const tries = new Tries(connection.patience);
  let asked = question;
  for (;;) {
    await gate.enter(signal);
    let speaking = false;
    let wait: number;
    try {
      for await (const chunk of answer(connection, asked, signal)) {
        speaking ||= chunk.content !== '' || chunk.reasoning !== '';
        yield chunk;
      }
      gate.answered();
      return;
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof StreamEnded) {
        if (!thrown.empty) gate.cutShort();
        // In one piece it answers, or says what is wrong.
        else if (asked === question) {
          asked = { path: question.path, body: inOnePiece(question.body) };
          continue;
        }
      }
      const next = speaking ? null : tries.pauseAfter(thrown);
      if (next === null) throw await named(thrown, connection, signal);
      if (thrown instanceof Refusal && thrown.status === 429) gate.refused(next);
      wait = next;
    } finally {
      gate.leave();
    }
    await pause(wait, signal);
  }
}

function inOnePiece(body: Question['body']): Question['body'] {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- left out
  const { stream, stream_options: options, ...rest } = body;
  return rest;
}

/** One try. */
async function* answer(
  connection: Connection,
  { path, body }: Question,
  signal: AbortSignal,
): AsyncGenerator<TimedChunk, void, undefined> {
  const { firstTokenMs, betweenTokensMs } = connection.patience;
  const what = `${connection.address}${path}`;
  const stop = new AbortController();
  const begun = performance.now();
  let speaking = false;
  const patiently = <T>(work: () => Promise<T>): Promise<T> => {
    const ms = speaking ? betweenTokensMs : Math.max(1, firstTokenMs - (performance.now() - begun));
    return within({ ms, what, signal, stop }, work);
  };
  try {
    const response = await patiently(() =>
      connection.send(what, {
        method: 'POST',
        headers: headersFor(connection, true),
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, stop.signal]),
      }),
    );
    const chunks = chunksOf(response);
    for (;;) {
      const step = await patiently(() => chunks.next());
      if (step.done === true) return;
      speaking ||= step.value.content !== '' || step.value.reasoning !== '';
      yield { ...step.value, ms: performance.now() - begun };
    }
  } finally {
    // Whoever reads no further wants no more tokens computed.
    stop.abort();
  }
}

/** A connection that failed says nothing of why: a server that still answers has cut it, one that does not is off. */
export async function named(thrown: unknown, connection: Connection, signal: AbortSignal): Promise<unknown> {
  if (!(thrown instanceof TypeError)) return thrown;
  const alive = (await tryJson(connection, '/v1/models', signal)) !== null;
  return new FailureError(
    alive
      ? failure('answer-broken', thrown.message)
      : failure('server-off', `${connection.address}: ${thrown.message}`),
  );
}
