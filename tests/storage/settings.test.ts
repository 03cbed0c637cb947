import { describe, expect, test } from 'vitest';
import type { KnownSelfTest, SettingsStore } from '#domain';
import { localSettings, memorySettings } from '#storage';

const KEY = 'tabeval-settings';
const DEFAULTS = {
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
const KNOWN: KnownSelfTest = { result: { kind: 'valid', cases: 3, maxDifference: 0.0004 }, subgroups: true };

/** What the settings use of a Storage. */
function fakeStorage(values = new Map<string, string>(), setItem?: () => never): Storage {
  const storage: Pick<Storage, 'getItem' | 'setItem'> = {
    getItem: (key) => values.get(key) ?? null,
    setItem: setItem ?? ((key, value) => void values.set(key, value)),
  };
  return storage as Storage;
}

const stores: readonly [string, () => SettingsStore][] = [
  ['localStorage', () => localSettings(once(fakeStorage()))],
  ['memory', () => memorySettings()],
];

describe.each(stores)('settings in %s', (_, open) => {
  test('have defaults, and keep what is changed beside what is not', () => {
    const settings = open();
    expect(settings.read()).toEqual(DEFAULTS);
    expect(settings.update({ theme: 'dark' }).theme).toBe('dark');
    settings.update({ selfTests: { 'webgpu intel gen-12lp Chrome 142': KNOWN } });
    expect(settings.read()).toEqual({
      ...DEFAULTS,
      theme: 'dark',
      selfTests: { 'webgpu intel gen-12lp Chrome 142': KNOWN },
    });
  });
});

describe('settings that were stored', () => {
  const reading = (stored: string) => localSettings(once(fakeStorage(new Map([[KEY, stored]]))));

  test('survive a reload', () => {
    const values = new Map<string, string>();
    localSettings(once(fakeStorage(values))).update({ publicAddress: 'https://example.org/tabeval/' });
    expect(localSettings(once(fakeStorage(values))).read().publicAddress).toBe('https://example.org/tabeval/');
  });

  test.each(['', 'no json', 'null', '[]', '7'])('are the defaults where nothing can be read: %j', (stored) => {
    expect(reading(stored).read()).toEqual(DEFAULTS);
  });

  test('keep the fields that are right where one is wrong', () => {
    const stored = { schema: 1, theme: 'mauve', publicAddress: 'https://example.org/', selfTests: { x: 1 } };
    expect(reading(JSON.stringify(stored)).read()).toEqual({ ...DEFAULTS, publicAddress: 'https://example.org/' });
  });

  test('of a newer version are read as far as they can be and not written over', () => {
    const stored = JSON.stringify({ schema: 2, theme: 'dark', publicAddress: { main: 'x' } });
    const values = new Map([[KEY, stored]]);
    const settings = localSettings(once(fakeStorage(values)));
    expect(settings.read()).toEqual({ ...DEFAULTS, theme: 'dark' });
    expect(() => settings.update({ theme: 'light' })).toThrow('newer');
    expect(values.get(KEY)).toBe(stored);
  });
});

test.each([0, -8, 1e9, '8', {}])('a memory of %j GiB is no memory that was stated', (gpuMemoryGiB) => {
  const values = new Map([[KEY, JSON.stringify({ schema: 1, theme: 'dark', gpuMemoryGiB })]]);
  expect(localSettings(once(fakeStorage(values))).read()).toEqual({ ...DEFAULTS, theme: 'dark' });
});

describe('a browser that refuses', () => {
  test('site data: defaults, and a change says storage-unavailable', () => {
    const settings = localSettings(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(settings.read()).toEqual(DEFAULTS);
    expect(() => settings.update({ theme: 'dark' })).toThrow('storage-unavailable');
  });

  test('more data: a change says storage-full', () => {
    const full = fakeStorage(new Map(), () => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(() => localSettings(once(full)).update({ theme: 'dark' })).toThrow('storage-full');
  });
});

function once(storage: Storage): () => Storage {
  return () => storage;
}
