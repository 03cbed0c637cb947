export type { AddressProblem, ModelRow } from '#sharing';

/** What pages need of `sharing`, which they do not enter themselves. Fetched when first needed: the start page has none. */
export function sharingCode(): Promise<typeof import('#sharing')> {
  return import('#sharing');
}
