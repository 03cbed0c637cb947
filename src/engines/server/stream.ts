import { createParser } from 'eventsource-parser';
import { failure, FailureError } from '#domain';
import { bodyText, pieces } from './body.ts';
import { readChunk, type Chunk } from './chunk.ts';
import { parseJson } from './connection.ts';
import { STREAM_LIMIT } from './port.ts';
import { errorWords, refuseStatus } from './refusal.ts';

/** The stream came to an end in good order, and the answer did not. */
export class StreamEnded extends FailureError {
  /** Not one event came: so some servers end a stream whose question they refuse. */
  readonly empty: boolean;
  constructor(read: boolean) {
    super(failure('answer-broken', 'the stream ended before the answer did'));
    this.empty = !read;
  }
}

/**
 * The chunks of an answer until its end. Rejects with a FailureError: what the status says; `not-json` for HTML and
 * other programs; `server-error` for an error in the stream; `answer-broken` where it ends without an end.
 */
export async function* chunksOf(response: Response): AsyncGenerator<Chunk, void, undefined> {
  const isStream = response.headers.get('Content-Type')?.includes('text/event-stream') === true;
  if (response.ok && isStream) return yield* streamed(response);
  const text = await bodyText(response, STREAM_LIMIT);
  refuseStatus(response, text);
  // Some servers send events under another type, and some ignore `stream` and send the answer in one piece.
  if (/^\s*(?:data|event|id|):/.test(text)) return yield* streamed(new Response(text));
  const whole = chunkOf(parseJson(text));
  if (whole === null) throw new FailureError(failure('not-json', text.slice(0, 200)));
  yield whole;
}

async function* streamed(response: Response): AsyncGenerator<Chunk, void, undefined> {
  const waiting: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => waiting.push(data) });
  let finished = false;
  let read = false;
  for await (const piece of pieces(response, STREAM_LIMIT)) {
    parser.feed(piece);
    for (const data of waiting.splice(0)) {
      if (data.trim() === '[DONE]') {
        if (finished) return;
        throw new StreamEnded(read);
      }
      const chunk = chunkOf(jsonOf(data));
      if (chunk === null) throw broken(data);
      read = true;
      finished ||= chunk.ends;
      yield chunk;
    }
  }
  // After the reason to finish nothing of the answer can be missing; before it, the end of the stream is a cut, also
  // where a server says [DONE] of it: llama-cpp-python's does, when somebody else asks it something meanwhile.
  if (!finished) throw new StreamEnded(read);
}

function chunkOf(json: unknown): Chunk | null {
  const error = errorWords(json);
  if (error !== null) throw new FailureError(failure('server-error', error.slice(0, 500)));
  return readChunk(json);
}

function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    throw broken(data);
  }
}

function broken(detail: string): FailureError {
  return new FailureError(failure('answer-broken', detail.slice(0, 200)));
}
