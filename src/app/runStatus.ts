import type { RunHeader } from '#domain';

/** Where a run stands. `running` in storage means three things: in this tab, in another one, or cut off. */
export type RunStatus = 'running-here' | 'running-elsewhere' | 'interrupted' | 'stopped' | 'failed' | 'finished';

/** `busy`: the runs of this tab. `held`: the runs that some tab holds. */
export function runStatus(header: RunHeader, busy: readonly string[], held: readonly string[]): RunStatus {
  if (busy.includes(header.id)) return 'running-here';
  if (held.includes(header.id)) return 'running-elsewhere';
  return header.state.kind === 'running' ? 'interrupted' : header.state.kind;
}

/**
 * Whether there is something left that can be asked here, unscored items of a finished run too. A run from a file was
 * made elsewhere and stays as it is.
 */
export function isResumable(header: RunHeader, status: RunStatus): boolean {
  const ended = status !== 'running-here' && status !== 'running-elsewhere';
  return ended && header.origin !== 'imported' && /[.u]/.test(header.verdicts);
}
