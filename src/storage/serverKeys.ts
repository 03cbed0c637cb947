import * as v from 'valibot';
import type { KeyStore } from '#domain';

const KEY = 'tabeval-server-keys';
const schema = v.record(v.pipe(v.string(), v.url()), v.pipe(v.string(), v.minLength(1), v.maxLength(10_000)));

/**
 * Keys that a person asked to keep, in localStorage, by the origin that they are for. Apart from the settings, so that
 * nothing which reads those ever holds a key. `storage` is a function: see settings.ts.
 */
export function localServerKeys(storage: () => Storage = () => globalThis.localStorage): KeyStore {
  const read = (): Readonly<Record<string, string>> => {
    try {
      return v.parse(schema, JSON.parse(storage().getItem(KEY) ?? '{}'));
    } catch {
      return {};
    }
  };
  const write = (keys: Readonly<Record<string, string>>): void => {
    try {
      if (Object.keys(keys).length === 0) storage().removeItem(KEY);
      else storage().setItem(KEY, JSON.stringify(keys));
    } catch {
      // Storage is full or refused: the key holds until the tab is closed, as without the wish to keep it.
    }
  };
  return {
    of: (address) => read()[originOf(address)] ?? null,
    keep: (address, key) => write({ ...read(), [originOf(address)]: key }),
    forget: (address) => {
      const origin = originOf(address);
      write(Object.fromEntries(Object.entries(read()).filter(([kept]) => kept !== origin)));
    },
  };
}

function originOf(address: string): string {
  return new URL(address).origin;
}
