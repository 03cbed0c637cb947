import type { CatalogueBuild, CatalogueModel } from './catalogue.ts';
import { chooseBuild, type BuildChoice } from './chooseBuild.ts';
import type { FitContext } from './fits.ts';

export interface ModelRecommendation {
  readonly model: CatalogueModel;
  readonly choice: BuildChoice;
}

/** More than this is too slow or too large to begin with, whatever the device may be able to do. Parameters. */
const MOST = { gpu: 2e9, processor: 0.7e9 } as const;

/**
 * What somebody without a model begins with: an ordinary language model (none that thinks at length), as large as is
 * still quick on such a device, Chinese among its own languages where there is a choice. Null where the catalogue has
 * none that can run here.
 * @param fast whether a GPU computes: not one that the processor imitates
 * @param canLoad whether an engine of the page loads the build
 */
export function recommendModel(
  models: readonly CatalogueModel[],
  context: FitContext,
  fast: boolean,
  canLoad: (build: CatalogueBuild) => boolean,
): ModelRecommendation | null {
  const most = fast ? MOST.gpu : MOST.processor;
  const able = models.flatMap((model): ModelRecommendation[] => {
    if (model.kind !== 'language' || model.parameters.value > most) return [];
    const loadable = { ...model, builds: model.builds.filter(canLoad) };
    const chosen = chooseBuild(loadable, context);
    return chosen.ok ? [{ model, choice: chosen.choice }] : [];
  });
  const [best] = able.sort(
    (a, b) => chinese(b.model) - chinese(a.model) || b.model.parameters.value - a.model.parameters.value,
  );
  return best ?? null;
}

function chinese({ chinese: { value } }: CatalogueModel): number {
  return value === 'native' ? 2 : value === 'supported' ? 1 : 0;
}
