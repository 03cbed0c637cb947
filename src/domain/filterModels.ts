import type { CatalogueEngine, CatalogueModel, ChineseLevel, ModelKind } from './catalogue.ts';
import type { Choice } from './chooseBuild.ts';

/** Sizes as people name them, by parameters: up to and including `most`. */
export const SIZE_BANDS = [
  { id: 'tiny', most: 0.7e9 },
  { id: 'small', most: 2e9 },
  { id: 'medium', most: Infinity },
] as const;
export type SizeBand = (typeof SIZE_BANDS)[number]['id'];

/** `open`: may be used for anything, business too, without terms of its maker's own (Apache-2.0, MIT). */
export type LicenceClass = 'open' | 'own-terms';

export type FitAnswer = 'fits' | 'unknown' | 'cannot';

/** Null: any. All that are set must hold. */
export interface ModelFilter {
  readonly kind: ModelKind | null;
  readonly size: SizeBand | null;
  readonly chinese: ChineseLevel | null;
  readonly licence: LicenceClass | null;
  readonly engine: CatalogueEngine | null;
  readonly fit: FitAnswer | null;
  /** Parts of the name, in any order; '' for all. */
  readonly text: string;
}

export const NO_FILTER: ModelFilter = {
  kind: null,
  size: null,
  chinese: null,
  licence: null,
  engine: null,
  fit: null,
  text: '',
};

export interface FilterableModel {
  readonly model: CatalogueModel;
  readonly choice: Choice;
}

/** The models for which everything holds that is set, in their order. */
export function filterModels<T extends FilterableModel>(entries: readonly T[], filter: ModelFilter): readonly T[] {
  const words = filter.text.toLowerCase().split(/\s+/);
  return entries.filter(({ model, choice }) => {
    const holds = <K>(wanted: K | null, actual: K): boolean => wanted === null || wanted === actual;
    return (
      holds(filter.kind, model.kind) &&
      holds(filter.size, sizeBand(model.parameters.value)) &&
      holds(filter.chinese, model.chinese.value) &&
      holds(filter.licence, licenceClass(model.licence.value)) &&
      (filter.engine === null || model.builds.some(({ engine }) => engine === filter.engine)) &&
      holds(filter.fit, fitAnswer(choice)) &&
      words.every((word) => model.name.toLowerCase().includes(word))
    );
  });
}

export function sizeBand(parameters: number): SizeBand {
  return SIZE_BANDS.find(({ most }) => parameters <= most)?.id ?? 'medium';
}

export function licenceClass(licence: string): LicenceClass {
  return licence === 'Apache-2.0' || licence === 'MIT' ? 'open' : 'own-terms';
}

/** A model fits as well as its best build. A model without a build that is known is not ruled out by anything. */
export function fitAnswer(choice: Choice): FitAnswer {
  if (choice.ok) return choice.choice.fit.answer;
  return choice.passedOver.length === 0 ? 'unknown' : 'cannot';
}
