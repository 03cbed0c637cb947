/** Looks at a model folder before anything is copied: what is missing, which builds there are, what the model is called. */
import { contextLengthOf, failure, FailureError } from '#domain';
import * as v from 'valibot';
import { modelFolder, type FolderFile, type ModelFolder } from './folder.ts';
import { ANY_BUILD, buildsIn, NEEDED, weightsNamedBy, type FolderBuild } from './layout.ts';

export interface FolderReport {
  readonly name: string;
  /** Each build with the bytes of its files. Empty: nothing that can be loaded. */
  readonly builds: readonly { readonly quantisation: string; readonly bytes: number }[];
  /** What a model must have, and whether it is there. */
  readonly checklist: readonly { readonly path: string; readonly found: boolean }[];
}

/** Rejects with a FailureError: `file-corrupt` or `unsupported-build` for a config.json that is of no use. */
export async function inspectFolder(files: readonly FolderFile[]): Promise<FolderReport> {
  const folder = modelFolder(files);
  const checklist = NEEDED.map((path) => ({ path, found: folder.files.has(path) }));
  const all = buildsIn(folder.files);
  const missing = await missingWeights(folder, all);
  const whole = all.filter(({ graph }) => !missing.some((path) => path.startsWith(`${graph}_data`)));
  const { name } = await describe(folder);
  return {
    name,
    builds: checklist.every((entry) => entry.found)
      ? whole.map(({ quantisation, paths }) => ({ quantisation, bytes: bytesOf(folder, paths) }))
      : [],
    checklist: [
      ...checklist,
      { path: ANY_BUILD, found: all.length > 0 },
      ...missing.map((path) => ({ path, found: false })),
    ],
  };
}

export interface ChosenBuild {
  readonly name: string;
  readonly contextLength: number;
  readonly quantisation: string;
  readonly files: readonly FolderFile[];
}

/** One build with its files. Rejects with `files-missing`, naming the paths, where the folder cannot give it. */
export async function chooseBuild(files: readonly FolderFile[], quantisation: string): Promise<ChosenBuild> {
  const folder = modelFolder(files);
  const build = buildsIn(folder.files).find((b) => b.quantisation === quantisation);
  const missing = NEEDED.filter((path) => !folder.files.has(path)) as string[];
  if (build === undefined) missing.push(`${ANY_BUILD} (${quantisation})`);
  else missing.push(...(await missingWeights(folder, [build])));
  if (build === undefined || missing.length > 0) throw new FailureError(failure('files-missing', missing.join(', ')));
  const { name, contextLength } = await describe(folder);
  if (contextLength === null) {
    throw new FailureError(failure('unsupported-build', 'config.json does not say how long the context is'));
  }
  const chosen = build.paths.flatMap((path) => {
    const file = folder.files.get(path);
    return file === undefined ? [] : [{ path, file }];
  });
  return { name, contextLength, quantisation, files: chosen };
}

async function missingWeights(folder: ModelFolder, builds: readonly FolderBuild[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { graph } of builds) {
    const file = folder.files.get(graph);
    if (file === undefined) continue;
    const weights = await weightsNamedBy(graph, file);
    missing.push(...weights.filter((path) => !folder.files.has(path)));
  }
  return missing;
}

const configSchema = v.looseObject({ _name_or_path: v.optional(v.string()) });

/** Folders of the hub's cache are called by the commit: 40 hexadecimal digits are no name. */
const COMMIT = /^[0-9a-f]{40}$/;

async function describe(folder: ModelFolder): Promise<{ name: string; contextLength: number | null }> {
  const config = await readConfig(folder);
  const said = config?._name_or_path?.split('/').at(-1);
  const name = folder.name === '' || COMMIT.test(folder.name) ? (said ?? folder.name) : folder.name;
  return { name: name === '' ? 'model' : name, contextLength: contextLengthOf(config) };
}

async function readConfig(folder: ModelFolder): Promise<v.InferOutput<typeof configSchema> | null> {
  const file = folder.files.get('config.json');
  if (file === undefined) return null;
  try {
    return v.parse(configSchema, JSON.parse(await file.text()));
  } catch (thrown) {
    throw new FailureError(failure('file-corrupt', `config.json: ${thrown instanceof Error ? thrown.message : ''}`));
  }
}

function bytesOf(folder: ModelFolder, paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (folder.files.get(path)?.size ?? 0), 0);
}
