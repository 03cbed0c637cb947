import { failure, FailureError, type Failure } from '#domain';

/** Milliseconds. What a server asks for beyond it is taken for a mistake. */
const LONGEST_WAIT = 5 * 60_000;

/** A status that says no, with what decides whether to ask again. */
export class Refusal extends FailureError {
  readonly status: number;
  /** Milliseconds that the server wants to be left alone; null where it does not say. */
  readonly waitMs: number | null;
  constructor(problem: Failure, status: number, waitMs: number | null) {
    super(problem);
    this.status = status;
    this.waitMs = waitMs;
  }
}

/** Throws a Refusal for every status that is not success. `text` is the whole body. */
export function refuseStatus(response: Response, text: string): void {
  if (response.ok) return;
  throw new Refusal(failureOf(response.status, text), response.status, retryAfterMs(response, Date.now()));
}

/** A budget and a prompt that do not fit, in the words of llama.cpp, vLLM, LM Studio, Ollama and OpenAI. */
const TOO_LONG = /context[ _](?:length|size|window|overflow)|exceed_context|maximum context|n_ctx|too many tokens/i;
const NO_MODEL =
  /no models? (?:is |are )?(?:currently )?loaded|model.{0,80}(?:not found|does not exist|not exist)|not found.{0,20}model/i;

/** The words decide before the number: servers say the same with different ones. */
function failureOf(status: number, text: string): Failure {
  const detail = `HTTP ${status}: ${wordsOf(text).slice(0, 500)}`;
  if (status === 401 || status === 403) return failure('key-needed', detail);
  if (status === 429) return failure('rate-limited', detail);
  if (status < 500 && TOO_LONG.test(text)) return failure('context-exceeded', detail);
  if (status < 500 && NO_MODEL.test(text)) return failure('no-model', detail);
  if (status === 404 || status === 405) return failure('not-json', detail);
  return failure('server-error', detail);
}

function wordsOf(text: string): string {
  try {
    return errorWords(JSON.parse(text)) ?? text;
  } catch {
    return text;
  }
}

/** The words of `{error: "…"}`, `{error: {message}}` and `{object: "error", message}`; null where it is no error. */
export function errorWords(json: unknown): string | null {
  if (json === null || typeof json !== 'object') return null;
  const { error, message, object } = json as Readonly<Record<string, unknown>>;
  if (typeof error === 'string') return error;
  if (error !== null && typeof error === 'object') {
    const words = (error as Readonly<Record<string, unknown>>).message;
    return typeof words === 'string' ? words : JSON.stringify(error);
  }
  return object === 'error' && typeof message === 'string' ? message : null;
}

/**
 * `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), in milliseconds from `now`. A page sees the header only
 * where the server exposes it (`Access-Control-Expose-Headers`).
 */
function retryAfterMs(response: Response, now: number): number | null {
  const text = response.headers.get('Retry-After')?.trim() ?? '';
  if (text === '') return null;
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_WAIT) : null;
}
