import type { Job } from '#app';
import type { LoadProgress } from '#domain';

/** Where the console stands; also what a script that drives the page reads from `data-phase`. */
export type Phase = 'idle' | 'loading' | 'doubtful' | 'running' | 'stopped' | 'finished' | 'failed';

export function phaseOf(job: Job | null, preparing: boolean): Phase {
  if (preparing) return 'loading';
  if (job === null) return 'idle';
  switch (job.state.kind) {
    case 'waiting':
    case 'loading':
      return 'loading';
    case 'doubtful':
    case 'running':
      return job.state.kind;
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'stopped';
    case 'ended':
      return job.state.header.state.kind === 'running' ? 'stopped' : job.state.header.state.kind;
  }
}

/** The phases in which an engine loads; `files` and `session` may alternate, and some may be missing. */
export const LOAD_PHASES: readonly LoadProgress['phase'][] = ['runtime', 'self-test', 'files', 'session', 'warm-up'];
