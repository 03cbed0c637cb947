import { settle, type Loadable } from '#app';

/** What the browser says of this page's storage. */
export interface StorageFacts {
  /** Bytes; null where the browser does not tell. */
  readonly used: number | null;
  readonly quota: number | null;
  /** Whether it is kept when the disk is nearly full; null where the browser does not tell. */
  readonly persisted: boolean | null;
}

/** Absent where the page is not served over https or from localhost, whatever the types say. */
function manager(): StorageManager | null {
  return (navigator as { readonly storage?: StorageManager }).storage ?? null;
}

export async function readStorage(): Promise<StorageFacts> {
  const storage = manager();
  if (storage === null) return { used: null, quota: null, persisted: null };
  const [estimate, persisted] = await Promise.all([storage.estimate(), storage.persisted()]);
  return { used: estimate.usage ?? null, quota: estimate.quota ?? null, persisted };
}

/** Asks the browser to keep what is stored. Some ask the user, some decide by themselves. */
export async function requestPersistence(): Promise<Loadable<boolean>> {
  return settle(manager()?.persist() ?? Promise.resolve(false));
}
