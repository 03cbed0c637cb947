import type { RunHeader } from '#domain';
import { modelName } from '#i18n';
import { samplingTag } from '../parts/samplingWords.ts';
import { buildWords } from '../results/runWords.ts';

/**
 * Names of two runs in sentences, as short as tells the runs that are spoken of apart: the model, else with build and
 * device, else A and B.
 */
export function sideNames(
  first: RunHeader,
  second: RunHeader,
  among: readonly RunHeader[] = [first, second],
): readonly [string, string] {
  const tellsApart = (name: (run: RunHeader) => string): boolean => new Set(among.map(name)).size === among.length;
  if (tellsApart(shortName)) return [shortName(first), shortName(second)];
  if (tellsApart(fullName)) return [fullName(first), fullName(second)];
  return [`${fullName(first)} A`, `${fullName(second)} B`];
}

function shortName({ spec }: RunHeader): string {
  return modelName(spec.model);
}

function fullName({ spec, environment }: RunHeader): string {
  const build = buildWords({
    quantisation: spec.model.build.quantisation,
    device: environment.device,
    thinking: spec.thinking,
  });
  // Two draws with other values are two subjects; their seeds are not.
  const drawn = spec.sampling.kind === 'greedy' ? [] : [samplingTag(spec.sampling)];
  return `${modelName(spec.model)} (${[build, ...drawn].join(' · ')})`;
}
