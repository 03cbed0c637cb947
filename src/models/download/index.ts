/** Models from elsewhere, wired to the browser. Fetched when first needed: no part of the page's first bytes. */
import type { Downloader, Room } from '#domain';
import { downloader } from './downloader.ts';
import type { Partials } from './partials.ts';

/** Twice what a slow mobile connection was seen to pause. */
const STALL_MS = 20_000;

export function browserDownloader(partials: Partials, stallMs = STALL_MS): Downloader {
  return downloader({
    partials,
    stallMs,
    room,
    random: () => Math.random(),
    elapsed: () => performance.now(),
    pause,
    // It may ask the person, and may say no.
    persist: () =>
      storage()
        ?.persist()
        .catch(() => false) ?? Promise.resolve(false),
  });
}

/** Absent on plain http. */
function storage(): StorageManager | undefined {
  return navigator.storage;
}

async function room(): Promise<Room> {
  const told = await storage()
    ?.estimate()
    .catch(() => null);
  return { quota: told?.quota ?? null, usage: told?.usage ?? null };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    function done(): void {
      signal.removeEventListener('abort', stop);
      resolve();
    }
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
