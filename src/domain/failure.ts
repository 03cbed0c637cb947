/**
 * What went wrong, as data. A failure crosses threads, storage and links, so it is a plain object: never a class,
 * never a sentence. The sentences stand in messages/{en,zh}/failures.json, one for each code.
 */
export const FAILURE_CODES = [
  /** The browser has no WebGPU adapter, or refuses it. */
  'no-webgpu',
  /** The build needs a GPU feature or limit that the adapter lacks; `detail` names it. */
  'unsupported-build',
  /** The backend lacks an operator of this model; another build or device may have it. */
  'unsupported-operator',
  'out-of-memory',
  'device-lost',
  /** The GPU reported an error while an answer was being made: the answer cannot be trusted. */
  'gpu-error',
  /** The model's logits were not numbers (NaN): no token can be chosen; `detail` says where. */
  'no-numbers',
  /** The worker ended without being asked to, or stopped answering. */
  'worker-died',
  /** A model file is missing; `detail` lists the paths. */
  'files-missing',
  /** A model file is not what it should be: wrong length, wrong hash, HTML instead of weights. */
  'file-corrupt',
  'network',
  'template-invalid',
  /** Prompt plus budget do not fit into the model's context; `detail` says both numbers. */
  'context-exceeded',
  /** A run cannot go on here: engine version, device or template are not those of its first half; `detail` says which. */
  'environment-changed',
  /** Another tab runs this run now. */
  'run-in-use',
  /** No run with this id is stored here; `detail` is the id. */
  'run-missing',
  /** The model of a stored run is not on this device; `detail` names it. */
  'model-missing',
  /** The suite of a stored run is not on this device; `detail` names it. */
  'suite-missing',
  /** Nothing listens at the server's address; `detail` is the address. */
  'server-off',
  /** The server is there, but does not let a page of another origin read its answers. */
  'cors-off',
  /** The person, or the browser's settings, forbid this page to reach the local network. */
  'permission-denied',
  /** The browser (Safari) lets no page from https reach an address with http. */
  'mixed-content',
  /** The server wants a key, or another one. */
  'key-needed',
  /** The server has no model, or not the one that is asked; `detail` names it. */
  'no-model',
  /** What answers at the address is no model server: HTML, or JSON of another shape. */
  'not-json',
  /** The server refused for as long as we were willing to wait. */
  'rate-limited',
  /** The server answered with an error; `detail` says which. */
  'server-error',
  /** The server's answer broke off or cannot be read: nothing of it counts. */
  'answer-broken',
  /** The server was silent for too long; `detail` says how long. */
  'timed-out',
  'storage-full',
  'storage-unavailable',
  /** Something read from outside (file, link, older storage) does not have the shape it must have. */
  'invalid-input',
  /** A bug of ours or of a library: shown with its message so that it can be reported. */
  'unexpected',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

export interface Failure {
  readonly code: FailureCode;
  /** For a person who reports the problem: the library's own words, a path, a number. Not translated. */
  readonly detail: string;
  /** Whether the same thing may succeed when it is tried again without any change. */
  readonly retryable: boolean;
}

/** A server's failures are tried again where they happen, with patience; what remains of them would only repeat. */
const RETRYABLE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'device-lost',
  'gpu-error',
  'worker-died',
  'network',
  'server-off',
]);

export function failure(code: FailureCode, detail = ''): Failure {
  return { code, detail, retryable: RETRYABLE.has(code) };
}

/**
 * Whether a fresh worker may do what this one could not: beside what passes by itself, memory that earlier answers have
 * used up or cut into pieces.
 */
export function freshWorkerMayHelp({ code, retryable }: Failure): boolean {
  return retryable || code === 'out-of-memory';
}

/** Carries a failure through code that can only throw. Caught at the next port and turned into data again. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(f: Failure) {
    super(`${f.code}: ${f.detail}`);
    this.name = 'FailureError';
    this.failure = f;
  }
}

/** Any thrown value as a failure; what is not ours becomes `unexpected` with its message kept. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  return failure('unexpected', thrown instanceof Error ? thrown.message : String(thrown));
}
