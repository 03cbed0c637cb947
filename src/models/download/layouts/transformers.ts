/** Models for transformers.js: configuration and tokenizer beside a folder "onnx" with one graph for each quantisation. */
import { contextLengthOf, type WantedBuild } from '#domain';
import { ANY_BUILD, buildsIn, NEEDED, OPTIONAL, QUANTISATIONS, suffixOf } from '../../layouts/transformersFiles.ts';
import type { Layout, LayoutBuild, RepositoryFiles } from './layout.ts';

/** Older exports call the graph this; the engine knows it as "model", which is how we keep it. */
const OLD_NAME = 'decoder_model_merged';

/** Repository path of each file by the path that we keep it under. */
function localPaths({ paths, has }: RepositoryFiles, wanted: WantedBuild | null): ReadonlyMap<string, string> {
  const usual = QUANTISATIONS.some((quantisation) => has(graph('model', quantisation)));
  const name = wanted?.modelFile ?? (usual ? 'model' : OLD_NAME);
  if (name === 'model') return new Map(paths.map((path) => [path, path]));
  const prefix = `onnx/${name}`;
  const others = paths.filter((path) => !path.startsWith('onnx/'));
  // A graph names its weight files, so one that has any cannot be called otherwise.
  const graphs = paths.filter((path) => path.startsWith(prefix) && path.endsWith('.onnx') && !has(`${path}_data`));
  return new Map([
    ...others.map((path) => [path, path] as const),
    ...graphs.map((path) => [`onnx/model${path.slice(prefix.length)}`, path] as const),
  ]);
}

function graph(name: string, quantisation: string): string {
  return `onnx/${name}${suffixOf(quantisation) ?? `_${quantisation}`}.onnx`;
}

function builds(files: RepositoryFiles, wanted: WantedBuild | null): readonly LayoutBuild[] {
  if (NEEDED.some((path) => !files.has(path))) return [];
  const local = localPaths(files, wanted);
  const sizes = new Map([...local].map(([path, from]) => [path, { size: files.bytes(from) }]));
  return buildsIn(sizes)
    .filter(({ quantisation }) => wanted === null || quantisation === wanted.quantisation)
    .map(({ quantisation, paths }) => ({
      quantisation,
      files: paths.map((path) => ({ path, from: { repositoryPath: local.get(path) ?? path } })),
    }));
}

export const transformersLayout: Layout = {
  engine: 'transformers',
  configPath: 'config.json',
  contextLength: contextLengthOf,
  builds,
  missing: (files, wanted) => [
    ...NEEDED.filter((path) => !files.has(path)),
    ...(builds(files, wanted).length > 0
      ? []
      : [wanted === null ? ANY_BUILD : graph(wanted.modelFile ?? 'model', wanted.quantisation)]),
  ],
  async candidates(exists, wanted) {
    for (const path of [...NEEDED, ...OPTIONAL]) await exists(path);
    for (const quantisation of wanted === null ? QUANTISATIONS : [wanted.quantisation]) {
      const path = graph(wanted?.modelFile ?? 'model', quantisation);
      // Weights outside the graph: "…_data", then "…_data_1" and so on until there is no more.
      let found = (await exists(path)) && (await exists(`${path}_data`));
      for (let n = 1; found; n += 1) found = await exists(`${path}_data_${n}`);
    }
  },
};
