import { failure, FailureError, type ServerKind } from '#domain';
import { bodyText } from './body.ts';
import { SHORT_LIMIT, type Patience, type Send } from './port.ts';
import { refuseStatus } from './refusal.ts';
import { within } from './within.ts';

/** A server that is talked to: where, with which key, how patiently. */
export interface Connection {
  /** Without a slash at the end; "/v1/…" follows. */
  readonly address: string;
  /** Only ever sent to `address`. */
  readonly key: string | null;
  readonly kind: ServerKind;
  readonly send: Send;
  readonly patience: Patience;
}

export function headersFor({ key }: Pick<Connection, 'key'>, json: boolean): Record<string, string> {
  return {
    ...(json ? { 'Content-Type': 'application/json' } : {}),
    ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
  };
}

/**
 * The JSON of a short answer. Rejects with a FailureError that names what came instead, with the TypeError of a
 * connection that cannot be made, or with the signal's reason. Servers answer unknown paths with 200: callers check
 * the shape.
 */
export async function askJson(
  connection: Connection,
  path: string,
  signal: AbortSignal,
  body?: unknown,
): Promise<unknown> {
  const what = `${connection.address}${path}`;
  const stop = new AbortController();
  return within({ ms: connection.patience.shortMs, what, signal, stop }, async () => {
    const response = await connection.send(what, {
      method: body === undefined ? 'GET' : 'POST',
      headers: headersFor(connection, body !== undefined),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, stop.signal]),
    });
    const text = await bodyText(response, SHORT_LIMIT);
    refuseStatus(response, text);
    return parseJson(text);
  });
}

/** Like `askJson`, for what a server may lack: null where it is not there. */
export async function tryJson(connection: Connection, path: string, signal: AbortSignal, body?: unknown) {
  try {
    return await askJson(connection, path, signal, body);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** Throws a FailureError `not-json`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new FailureError(failure('not-json', text.slice(0, 200)));
  }
}
