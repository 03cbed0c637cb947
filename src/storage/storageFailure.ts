import { failure, FailureError, type FailureCode } from '#domain';

/** Names of DOMExceptions that say that this browser, or its mode, keeps nothing for us now. */
const CODE_OF: Readonly<Record<string, FailureCode>> = {
  QuotaExceededError: 'storage-full',
  /** Private windows of some browsers, and pages whose site data is blocked. */
  InvalidStateError: 'storage-unavailable',
  SecurityError: 'storage-unavailable',
  /** The disk failed, or the browser lost its connection to the database. */
  UnknownError: 'storage-unavailable',
  /** The database was made by something else: another version, or without our table. */
  VersionError: 'storage-unavailable',
  NotFoundError: 'storage-unavailable',
  AbortError: 'storage-unavailable',
};

/** Whatever IndexedDB or localStorage throws, as a FailureError with the browser's own words. */
export function storageFailure(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  if (!(thrown instanceof Error)) return new FailureError(failure('unexpected', String(thrown)));
  // Chrome's newest QuotaExceededError is a class of its own; its name is the same.
  return new FailureError(failure(CODE_OF[thrown.name] ?? 'unexpected', `${thrown.name}: ${thrown.message}`));
}
