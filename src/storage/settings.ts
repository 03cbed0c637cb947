import * as v from 'valibot';
import {
  downloadSourceSchema,
  failure,
  FailureError,
  knownSelfTestSchema,
  MOST_AT_ONCE,
  SERVER_KINDS,
  THEMES,
  type Settings,
  type SettingsStore,
} from '#domain';
import { storageFailure } from './storageFailure.ts';

const KEY = 'tabeval-settings';
const SCHEMA = 1;

const DEFAULTS: Settings = {
  theme: 'system',
  publicAddress: '',
  selfTests: {},
  gpuMemoryGiB: null,
  downloadSource: { kind: 'hub' },
  downloadRate: null,
  servers: [],
  serverConcurrency: 1,
  serverWaitSeconds: null,
};

const savedServer = v.object({
  address: v.pipe(v.string(), v.url(), v.maxLength(2_000)),
  kind: v.picklist(SERVER_KINDS),
});

/** Each field falls back by itself: one that cannot be read costs none of the others. */
const settingsSchema = v.object({
  theme: v.fallback(v.picklist(THEMES), DEFAULTS.theme),
  publicAddress: v.fallback(v.pipe(v.string(), v.maxLength(2_000)), DEFAULTS.publicAddress),
  selfTests: v.fallback(v.record(v.string(), knownSelfTestSchema), {}),
  gpuMemoryGiB: v.fallback(v.nullable(v.pipe(v.number(), v.gtValue(0), v.maxValue(4096))), DEFAULTS.gpuMemoryGiB),
  downloadSource: v.fallback(downloadSourceSchema, DEFAULTS.downloadSource),
  downloadRate: v.fallback(v.nullable(v.pipe(v.number(), v.finite(), v.gtValue(0))), DEFAULTS.downloadRate),
  servers: v.fallback(v.pipe(v.array(savedServer), v.maxLength(20)), []),
  serverConcurrency: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_AT_ONCE)), 1),
  serverWaitSeconds: v.fallback(v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))), null),
});

/**
 * Settings as one JSON value in localStorage: read before the first paint, which IndexedDB cannot. `storage` is a
 * function because a browser that blocks site data throws as soon as `localStorage` is named.
 */
export function localSettings(storage: () => Storage = () => globalThis.localStorage): SettingsStore {
  const stored = (): unknown => {
    try {
      return JSON.parse(storage().getItem(KEY) ?? '{}') as unknown;
    } catch {
      return {};
    }
  };
  return {
    read: () => settingsOf(stored()),
    update: (change) => {
      const before = stored();
      const found = versionOf(before);
      if (found > SCHEMA) {
        throw new FailureError(failure('invalid-input', `settings of schema ${found}, newer than ${SCHEMA}`));
      }
      const settings = { ...settingsOf(before), ...change };
      try {
        storage().setItem(KEY, JSON.stringify({ schema: SCHEMA, ...settings }));
      } catch (thrown) {
        throw storageFailure(thrown);
      }
      return settings;
    },
  };
}

/** Settings for as long as the page lives: for tests, and where the browser keeps nothing. */
export function memorySettings(initial: Partial<Settings> = {}): SettingsStore {
  let settings: Settings = { ...DEFAULTS, ...initial };
  return { read: () => settings, update: (change) => (settings = { ...settings, ...change }) };
}

function settingsOf(stored: unknown): Settings {
  const parsed = v.safeParse(settingsSchema, stored);
  return parsed.success ? parsed.output : DEFAULTS;
}

function versionOf(stored: unknown): number {
  const parsed = v.safeParse(v.object({ schema: v.number() }), stored);
  return parsed.success ? parsed.output.schema : 0;
}
