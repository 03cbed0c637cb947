import type { Settings, SettingsStore } from '#domain';

/** The user's settings as reactive state. A setting that cannot be stored still holds until the page is closed. */
export class Preferences {
  #settings: Settings;
  readonly #store: SettingsStore;

  constructor(store: SettingsStore) {
    this.#store = store;
    this.#settings = $state.raw(store.read());
  }

  get current(): Settings {
    return this.#settings;
  }

  change(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    try {
      this.#settings = this.#store.update(change);
    } catch {
      // Storage is full or refused: the page says so where results are concerned; a theme is not worth a message.
    }
  }
}
