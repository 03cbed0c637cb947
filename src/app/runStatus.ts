import type { RunHeader } from '#domain';

/** Where a run stands. `running` in storage means three things: in this tab, in another one, or cut off. */
export type RunStatus = 'running-here' | 'running-elsewhere' | 'interrupted' | 'stopped' | 'failed' | 'finished';

/** `busyId`: the run of this tab. `held`: the runs that some tab holds. */
export function runStatus(header: RunHeader, busyId: string | null, held: readonly string[]): RunStatus {
  if (header.id === busyId) return 'running-here';
  if (held.includes(header.id)) return 'running-elsewhere';
  return header.state.kind === 'running' ? 'interrupted' : header.state.kind;
}

/** Whether there is something left that can be asked here. A run from a file was made elsewhere and stays as it is. */
export function isResumable(header: RunHeader, status: RunStatus): boolean {
  const ended = status === 'interrupted' || status === 'stopped' || status === 'failed';
  return ended && header.origin !== 'imported' && /[.u]/.test(header.verdicts);
}
