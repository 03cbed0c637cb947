import { loadCatalogue } from '#catalog';
import { NO_FILTER, type Catalogue, type ModelFilter } from '#domain';
import { LOADING, settle, type Loadable } from './loadable.ts';

/** The models that can be had from the hub, fetched when first asked for, and which of them are shown. */
export class CatalogueState {
  /** Lives beside the page, so that it is still there after a look elsewhere. */
  filter = $state.raw<ModelFilter>(NO_FILTER);
  #catalogue = $state.raw<Loadable<Catalogue>>(LOADING);
  #asked = false;
  readonly #load: () => Promise<Catalogue>;

  constructor(load: () => Promise<Catalogue>) {
    this.#load = load;
  }

  get catalogue(): Loadable<Catalogue> {
    return this.#catalogue;
  }

  /** Fetches it once; after a failure, again. */
  async open(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    this.#catalogue = await settle(this.#load());
    this.#asked = this.#catalogue.kind === 'ready';
  }
}

export const catalogueState = (): CatalogueState => new CatalogueState(loadCatalogue);
