/**
 * Tombstones in localStorage: its writes are handed to the browser before they return, so they outlive a tab that is
 * killed in the next moment. Each tab that has some holds a lock for life: by that a living tab's are told from a dead
 * one's. Where there are no locks (an insecure page) none are written.
 */
import * as v from 'valibot';
import { tombstoneSchema, type Risk, type Tombstone, type Tombstones } from '#domain';
import { TOMBSTONE_PREFIX } from './mayHaveTombstones.ts';

const PREFIX = TOMBSTONE_PREFIX;
const LOCK = 'tabeval-tab:';

export interface TombstoneSurroundings {
  readonly storage: () => Storage;
  readonly locks: LockManager | undefined;
  /** Told when the tab is left in order. */
  readonly page: Pick<EventTarget, 'addEventListener'>;
}

/** What is asked of the browser; absent on insecure pages, whatever the types say: the locks. */
function ofThisPage(): TombstoneSurroundings {
  const { locks } = navigator as { readonly locks?: LockManager };
  return { storage: () => globalThis.localStorage, locks, page: globalThis };
}

export function localTombstones({ storage, locks, page }: TombstoneSurroundings = ofThisPage()): Tombstones {
  let tab: Promise<string | null> | null = null;
  const own = new Set<string>();
  let count = 0;

  function remove(key: string): void {
    own.delete(key);
    attempt(() => storage().removeItem(key));
  }

  /** The id of this tab, once its lock is held. */
  function living(): Promise<string | null> {
    if (locks === undefined) return Promise.resolve(null);
    const id = crypto.getRandomValues(new Uint32Array(2)).join('-');
    return new Promise((resolve) => {
      locks
        .request(LOCK + id, () => {
          resolve(id);
          return new Promise<never>(() => undefined);
        })
        .catch(() => resolve(null));
    });
  }

  page.addEventListener('pagehide', () => [...own].forEach(remove));

  return {
    async begin(stone): Promise<Risk> {
      const id = await (tab ??= living());
      const key = `${PREFIX}${id ?? ''}:${count++}`;
      let written: Tombstone = { schema: 1, ...stone };
      const write = (): void => void attempt(() => storage().setItem(key, JSON.stringify(written)));
      if (id !== null) {
        own.add(key);
        write();
      }
      return {
        change(change) {
          if (!own.has(key)) return;
          written = { ...written, ...change };
          write();
        },
        over: () => remove(key),
      };
    },
    async ofTheDead() {
      const { held = [] } = (await locks?.query()) ?? {};
      const alive = new Set(held.map(({ name = '' }) => name));
      const keys = attempt(() => Object.keys(storage())) ?? [];
      return keys
        .filter((key) => key.startsWith(PREFIX) && !alive.has(LOCK + (key.slice(PREFIX.length).split(':')[0] ?? '')))
        .flatMap((key) => {
          const read = attempt(() => JSON.parse(storage().getItem(key) ?? 'null') as unknown);
          const parsed = v.safeParse(tombstoneSchema, read);
          return parsed.success ? [{ ...parsed.output, key }] : [];
        })
        .sort((a, b) => (a.at < b.at ? 1 : -1));
    },
    forget: remove,
  };
}

/** A browser that blocks site data throws as soon as `localStorage` is named; a full one throws on writing. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
