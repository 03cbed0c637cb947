import * as v from 'valibot';
import { failure, type Failure, type FailureCode } from '#domain';
import { plainSchema, type PlainModels } from './listing/plain.ts';

/** What came of one try to reach a server. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; /** Undefined: no JSON. */ readonly json: unknown }
  /** The one TypeError that a page gets, whatever is wrong. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent' };

/** What can be tried, in the order in which `decide` asks for it. */
export type Probe =
  /** GET /v1/models without any header: allowed wherever CORS is on at all. */
  | 'plain'
  /** The same as an answer that nobody can read: works wherever something listens. */
  | 'opaque'
  /** With the key, or with the content type of a question: the browser asks the server beforehand (preflight). */
  | 'preflight';

export interface Findings {
  /** The page came by https, the address is http, and the browser is Safari. */
  readonly safariMixed: boolean;
  readonly permission: 'granted' | 'prompt' | 'denied' | 'unknown';
  readonly hasKey: boolean;
  readonly plain?: Outcome;
  readonly opaque?: Outcome;
  readonly preflight?: Outcome;
}

export type Decision =
  | { readonly kind: 'try'; readonly probe: Probe }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'models'; readonly models: PlainModels };

/** What is to be tried next, or what is wrong, or what the server offers. Every failure looks the same to a page, so
 * only the order of the tries tells them apart. */
export function decide(found: Findings): Decision {
  const { plain, opaque, preflight, hasKey } = found;
  if (found.safariMixed) return failed('mixed-content');
  if (found.permission === 'denied') return failed('permission-denied');
  if (plain === undefined) return { kind: 'try', probe: 'plain' };
  if (plain.kind === 'silent') return failed('timed-out', 'no answer to GET /v1/models');
  if (plain.kind === 'refused') {
    if (opaque === undefined) return { kind: 'try', probe: 'opaque' };
    return failed(opaque.kind === 'refused' ? 'server-off' : 'cors-off', `without CORS: ${opaque.kind}`);
  }
  const locked = plain.status === 401 || plain.status === 403;
  if (locked && !hasKey) return failed('key-needed', `HTTP ${plain.status}`);
  if (!locked && !isListing(plain)) return wrongAnswer(plain);
  if (preflight === undefined) return { kind: 'try', probe: 'preflight' };
  if (preflight.kind === 'silent') return failed('timed-out', 'no answer to the preflight');
  if (preflight.kind === 'refused') return failed('cors-off', 'the preflight was refused');
  return offer(preflight);
}

function offer(answer: Outcome & { kind: 'answered' }): Decision {
  if (answer.status === 401 || answer.status === 403) return failed('key-needed', `HTTP ${answer.status}`);
  const parsed = v.safeParse(plainSchema, answer.json);
  if (answer.status >= 300 || !parsed.success) return wrongAnswer(answer);
  const models = parsed.output.data;
  return models.length === 0 ? failed('no-model', 'the list is empty') : { kind: 'models', models };
}

function isListing({ status, json }: Outcome & { kind: 'answered' }): boolean {
  return status < 300 && v.is(plainSchema, json);
}

function wrongAnswer({ status, json }: Outcome & { kind: 'answered' }): Decision {
  const detail = `GET /v1/models: HTTP ${status}, ${json === undefined ? 'no JSON' : 'JSON of another shape'}`;
  if (status === 429) return failed('rate-limited', detail);
  return failed(status >= 500 ? 'server-error' : 'not-json', detail);
}

function failed(code: FailureCode, detail = ''): Decision {
  return { kind: 'failed', failure: failure(code, detail) };
}
