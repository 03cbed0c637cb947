import type { Risk, Tombstone } from '#domain';
import type { JobRequest } from './job.ts';
import type { RunnerPorts } from './ports.ts';

/**
 * Writes down what a tab is about to do in which it may be killed. Null on a server, whose memory is not this tab's, and
 * where nobody wants to know.
 */
export async function beginRisk(
  { tombstones, clock }: Pick<RunnerPorts, 'tombstones' | 'clock'>,
  { model: { ref }, device, contextLength }: Pick<JobRequest, 'model' | 'device' | 'contextLength'>,
  doing: Pick<Tombstone, 'phase' | 'runId'>,
): Promise<Risk | null> {
  if (tombstones === undefined || device === 'server') return null;
  const { id, name, revision, build } = ref;
  // Without it nothing is lost but the notice.
  const store = await tombstones().catch(() => null);
  if (store === null) return null;
  const model = { id, name, revision, build };
  return store.begin({ model, device, contextLength: contextLength ?? null, at: clock.now(), ...doing });
}
