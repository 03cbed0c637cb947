import type { LoadProgress } from '#domain';
import { formatBytes, m } from '#i18n';

/** Each phase of a load: its name in a list of steps, and what is being done in it. */
export const LOAD_WORDS: Readonly<
  Record<LoadProgress['phase'], { readonly name: () => string; readonly doing: () => string }>
> = {
  files: { name: m.run_phase_files, doing: m.run_phase_files_long },
  runtime: { name: m.run_phase_runtime, doing: m.run_phase_runtime_long },
  session: { name: m.run_phase_session, doing: m.run_phase_session_long },
  'self-test': { name: m.run_phase_self_test, doing: m.run_phase_self_test_long },
  'warm-up': { name: m.run_phase_warm_up, doing: m.run_phase_warm_up_long },
};

/** "3.1 MB of 6.7 MB"; '' in phases without bytes. */
export function loadedBytes(progress: LoadProgress): string {
  if (progress.phase !== 'files') return '';
  return m.run_bytes_of({ loaded: formatBytes(progress.loadedBytes), total: formatBytes(progress.totalBytes) });
}
