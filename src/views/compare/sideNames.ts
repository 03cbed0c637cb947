import type { RunHeader } from '#domain';
import { buildWords } from '../results/runWords.ts';

/** Names of the two sides in sentences, as short as tells them apart: the model, else with build and device, else A/B. */
export function sideNames(first: RunHeader, second: RunHeader): readonly [string, string] {
  const name = ({ spec }: RunHeader): string => spec.model.name;
  const full = (run: RunHeader): string =>
    `${name(run)} (${buildWords({ quantisation: run.spec.model.build.quantisation, device: run.environment.device })})`;
  const of = name(first) !== name(second) ? name : full(first) !== full(second) ? full : null;
  return of === null ? [`${name(first)} A`, `${name(second)} B`] : [of(first), of(second)];
}
