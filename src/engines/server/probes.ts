import { FailureError } from '#domain';
import { bodyText } from './body.ts';
import { headersFor, type Connection } from './connection.ts';
import { decide, type Findings, type Outcome, type Probe } from './diagnose.ts';
import type { PlainModels } from './listing/plain.ts';
import { SHORT_LIMIT } from './port.ts';
import { within } from './within.ts';

export type Surroundings = Pick<Findings, 'safariMixed' | 'permission'>;

/** Finds out what is wrong with a server, or what it offers. Rejects with a FailureError or the signal's reason. */
export async function reach(connection: Connection, around: Surroundings, signal: AbortSignal): Promise<PlainModels> {
  let found: Findings = { ...around, hasKey: connection.key !== null };
  for (;;) {
    const decision = decide(found);
    if (decision.kind === 'failed') throw new FailureError(decision.failure);
    if (decision.kind === 'models') return decision.models;
    found = { ...found, [decision.probe]: await tryOnce(connection, decision.probe, signal) };
  }
}

async function tryOnce(connection: Connection, probe: Probe, signal: AbortSignal): Promise<Outcome> {
  const what = `${connection.address}/v1/models`;
  const stop = new AbortController();
  try {
    return await within({ ms: connection.patience.shortMs, what, signal, stop }, async () => {
      const response = await connection.send(what, {
        method: 'GET',
        headers: probe === 'preflight' ? headersFor(connection, true) : {},
        opaque: probe === 'opaque',
        signal: AbortSignal.any([signal, stop.signal]),
      });
      if (probe === 'opaque') return { kind: 'answered', status: 0, json: undefined };
      return { kind: 'answered', status: response.status, json: jsonOrNot(await bodyText(response, SHORT_LIMIT)) };
    });
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof TypeError) return { kind: 'refused' };
    if (thrown instanceof FailureError && thrown.failure.code === 'timed-out') return { kind: 'silent' };
    throw thrown;
  }
}

/** Undefined where it is no JSON. */
function jsonOrNot(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
