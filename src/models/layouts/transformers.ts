import { contextLengthOf } from '#domain';
import type { ModelFolder } from '../folder.ts';
import type { FolderLayout, SurveyedBuild } from './folderLayout.ts';
import { ANY_BUILD, buildsIn, NEEDED, weightsNamedBy, type FolderBuild } from './transformersFiles.ts';

/** Models for transformers.js: configuration and tokenizer beside a folder "onnx". Whatever nobody else knows is this. */
export const transformersFolder: FolderLayout = {
  engine: 'transformers',
  configPath: 'config.json',
  recognises: () => true,
  contextLength: contextLengthOf,
  async survey(folder) {
    const found = buildsIn(folder.files);
    const builds: SurveyedBuild[] = [];
    for (const build of found) builds.push(await surveyed(folder, build));
    return {
      checklist: [
        ...NEEDED.map((path) => ({ path, found: folder.files.has(path) })),
        { path: ANY_BUILD, found: found.length > 0 },
      ],
      builds,
    };
  },
};

async function surveyed(folder: ModelFolder, { quantisation, graph, paths }: FolderBuild): Promise<SurveyedBuild> {
  const files = paths.flatMap((path) => {
    const file = folder.files.get(path);
    return file === undefined ? [] : [{ path, file }];
  });
  const file = folder.files.get(graph);
  const weights = file === undefined ? [] : await weightsNamedBy(graph, file);
  return { quantisation, files, missing: weights.filter((path) => !folder.files.has(path)) };
}
