export const TOMBSTONE_PREFIX = 'tabeval-tombstone:';

/** A look at the names of what is stored, so that a page without tombstones does not fetch what reads them. */
export function mayHaveTombstones(storage: () => Storage = () => globalThis.localStorage): boolean {
  try {
    return Object.keys(storage()).some((key) => key.startsWith(TOMBSTONE_PREFIX));
  } catch {
    return false;
  }
}
