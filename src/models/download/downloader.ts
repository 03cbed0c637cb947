import { DownloadError, planKey, type Downloader, type ProbeResult } from '#domain';
import { openRemote, type Fetch } from '../network.ts';
import { fetchPlan, type FetchPlanPorts } from './fetchPlan.ts';
import { lookAt } from './look.ts';
import { hostOf } from './sources.ts';

export interface DownloaderPorts extends FetchPlanPorts {
  /** Asks the browser not to clear this site's storage when the disk fills up. */
  readonly persist: () => Promise<unknown>;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
}

export function downloader(ports: DownloaderPorts): Downloader {
  const { partials, room, send } = ports;
  return {
    look: (request, source, signal) => lookAt(request, source, signal, send),
    async probe(source, repository, signal): Promise<ProbeResult> {
      const host = hostOf(source);
      const url = host.fileUrl(repository, host.usualRevision, 'config.json');
      const started = ports.elapsed();
      try {
        await firstBytes(url, ports.stallMs, signal, send);
        return { ok: true, ms: ports.elapsed() - started, found: true };
      } catch (thrown) {
        signal.throwIfAborted();
        if (!(thrown instanceof DownloadError)) throw thrown;
        const { failure } = thrown;
        if (failure.code === 'not-found') return { ok: true, ms: ports.elapsed() - started, found: false };
        return { ok: false, failure };
      }
    },
    room,
    async unfinished() {
      const found = await partials.list();
      return Promise.all(
        found.map(async (model) => {
          const { plan } = model.note;
          const each = await Promise.all(plan.files.map(({ path }) => model.bytes(path)));
          return { plan, loadedBytes: each.reduce((sum, n) => sum + n, 0) };
        }),
      );
    },
    async start(plan, onProgress, signal) {
      await ports.persist();
      return fetchPlan(plan, ports, onProgress, signal);
    },
    async discard(plan) {
      const key = planKey(plan);
      const found = (await partials.list()).find(({ note }) => planKey(note.plan) === key);
      await found?.hold(() => found.discard());
    },
  };
}

async function firstBytes(url: string, stallMs: number, signal: AbortSignal, send?: Fetch): Promise<void> {
  const remote = await openRemote(url, { from: 0, stallMs, signal }, send);
  for await (const piece of remote.pieces) if (piece.byteLength > 0) break;
  remote.close();
}
