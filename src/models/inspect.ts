/** Looks at a model folder before anything is copied: what is missing, which builds there are, what the model is called. */
import { failure, FailureError, type ThinkingAbility } from '#domain';
import * as v from 'valibot';
import { modelFolder, type FolderFile, type ModelFolder } from './folder.ts';
import { layoutOf, type FolderLayout, type SurveyedBuild } from './layouts/index.ts';
import { thinksByTemplate } from './thinks.ts';

export interface FolderReport {
  readonly name: string;
  /** The engine in whose layout it is. */
  readonly engine: string;
  /** Each build with the bytes of its files. Empty: nothing that can be loaded. */
  readonly builds: readonly { readonly quantisation: string; readonly bytes: number }[];
  /** What a model must have, and whether it is there. */
  readonly checklist: readonly { readonly path: string; readonly found: boolean }[];
}

/** Rejects with a FailureError: `file-corrupt` for a file that describes others and is of no use. */
export async function inspectFolder(files: readonly FolderFile[]): Promise<FolderReport> {
  const { layout, folder, config } = await open(files);
  const { checklist, builds } = await layout.survey(folder, config);
  const complete = checklist.every((entry) => entry.found);
  const missing = new Set(builds.flatMap((build) => build.missing));
  return {
    name: nameOf(folder, config),
    engine: layout.engine,
    builds: complete
      ? builds
          .filter((build) => build.missing.length === 0)
          .map((build) => ({ quantisation: build.quantisation, bytes: bytesOf(build) }))
      : [],
    checklist: [...checklist, ...[...missing].map((path) => ({ path, found: false }))],
  };
}

export interface ChosenBuild {
  readonly name: string;
  readonly engine: string;
  readonly contextLength: number;
  readonly quantisation: string;
  /** As in ModelCard. */
  readonly thinks?: ThinkingAbility;
  readonly files: readonly FolderFile[];
}

/** One build with its files. Rejects with `files-missing`, naming the paths, where the folder cannot give it. */
export async function chooseBuild(files: readonly FolderFile[], quantisation: string): Promise<ChosenBuild> {
  const { layout, folder, config } = await open(files);
  const { checklist, builds } = await layout.survey(folder, config);
  const build = builds.find((b) => b.quantisation === quantisation);
  const missing = checklist.filter(({ found }) => !found).map(({ path }) => path);
  if (build === undefined || build.missing.length > 0 || missing.length > 0) {
    const absent = [...missing, ...(build?.missing ?? [])].join(', ');
    throw new FailureError(
      failure('files-missing', build === undefined ? `${absent} (${quantisation})`.trim() : absent),
    );
  }
  const contextLength = layout.contextLength(config);
  if (contextLength === null) {
    throw new FailureError(failure('unsupported-build', `${layout.configPath} does not say how long the context is`));
  }
  const thinks = await thinksByTemplate(folder);
  return {
    ...{ name: nameOf(folder, config), engine: layout.engine, contextLength, quantisation, files: build.files },
    ...(thinks === null ? {} : { thinks }),
  };
}

interface Opened {
  readonly layout: FolderLayout;
  readonly folder: ModelFolder;
  /** Null where the folder has none. */
  readonly config: Config | null;
}

async function open(files: readonly FolderFile[]): Promise<Opened> {
  const layout = layoutOf(files.map(({ path }) => path));
  const folder = modelFolder(files, layout.configPath);
  return { layout, folder, config: await readConfig(folder, layout.configPath) };
}

const configSchema = v.looseObject({ _name_or_path: v.optional(v.string()) });
type Config = v.InferOutput<typeof configSchema>;

async function readConfig(folder: ModelFolder, path: string): Promise<Config | null> {
  const file = folder.files.get(path);
  if (file === undefined) return null;
  try {
    return v.parse(configSchema, JSON.parse(await file.text()));
  } catch (thrown) {
    throw new FailureError(failure('file-corrupt', `${path}: ${thrown instanceof Error ? thrown.message : ''}`));
  }
}

/** Folders of the hub's cache are called by the commit: 40 hexadecimal digits are no name. */
const COMMIT = /^[0-9a-f]{40}$/;

function nameOf(folder: ModelFolder, config: Config | null): string {
  const said = config?._name_or_path?.split('/').at(-1);
  const name = folder.name === '' || COMMIT.test(folder.name) ? (said ?? folder.name) : folder.name;
  return name === '' ? 'model' : name;
}

function bytesOf({ files }: SurveyedBuild): number {
  return files.reduce((sum, { file }) => sum + file.size, 0);
}
