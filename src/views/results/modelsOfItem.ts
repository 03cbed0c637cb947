import type { RunHeader } from '#domain';

export interface ModelOnItem {
  readonly model: string;
  readonly result: boolean | null;
}

/** What every model made of one question of a suite: the last run of each build, as `runs` begins with it. */
export function modelsOfItem(runs: readonly RunHeader[], suiteHash: string, itemId: string): readonly ModelOnItem[] {
  const rows = new Map<string, ModelOnItem>();
  for (const { spec, verdicts } of runs) {
    if (spec.suite.hash !== suiteHash) continue;
    const letter = verdicts[spec.itemIds.indexOf(itemId)] ?? '.';
    const build = `${spec.model.id} ${spec.model.build.quantisation}`;
    if (letter === '.' || rows.has(build)) continue;
    rows.set(build, { model: spec.model.name, result: letter === 'u' ? null : letter === 'c' });
  }
  return [...rows.values()];
}
