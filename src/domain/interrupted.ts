import type { RunHeader } from './run.ts';

/**
 * The runs that were cut off: stored as `running`, but no tab holds their lock (the page was closed or crashed, or its
 * last write failed). Each can be resumed like a stopped one. `held`: RunLock.heldRuns().
 */
export function interruptedRuns(headers: readonly RunHeader[], held: ReadonlySet<string>): readonly RunHeader[] {
  return headers.filter((header) => header.state.kind === 'running' && !held.has(header.id));
}
