/** What a repository offers, one plan for each build, before a byte of the weights is fetched. */
import {
  DownloadError,
  failure,
  FailureError,
  plannedBytes,
  type Check,
  type DownloadPlan,
  type DownloadSource,
  type PlannedFile,
  type RepositoryRequest,
  type WantedBuild,
} from '#domain';
import { TEMPLATE_CONFIGS, TEMPLATE_FILE, templateIn } from '../chatTemplate.ts';
import type { Fetch } from '../network.ts';
import { LAYOUTS, type LayoutBuild, type RepositoryFiles } from './layouts/index.ts';
import type { Layout } from './layouts/layout.ts';
import { listFiles, readJson } from './listing.ts';
import { COMMIT, hostOf, type ListedFile } from './sources.ts';

export async function lookAt(
  { repository, revision, build: wanted }: RepositoryRequest,
  source: DownloadSource,
  signal: AbortSignal,
  send?: Fetch,
): Promise<readonly DownloadPlan[]> {
  const host = hostOf(source);
  const layouts = LAYOUTS.filter(({ engine }) => wanted === null || engine === wanted.engine);
  // Where the source knows no commits, one of the hub's means nothing to it.
  const asked = revision !== null && (source.kind !== 'modelscope' || !COMMIT.test(revision)) ? revision : null;
  const usual = asked ?? host.usualRevision;
  const { commit, files: listed } = await listFiles(
    {
      ...{ source, repository, revision: usual },
      async candidates(exists) {
        for (const layout of layouts) await layout.candidates(exists, wanted);
      },
    },
    signal,
    send,
  );
  const files = indexed(listed);
  const pinned = commit ?? usual;
  const plans: DownloadPlan[] = [];
  for (const layout of layouts) {
    const builds = layout.builds(files, wanted);
    if (builds.length === 0) continue;
    if (!(await hasTemplate(files, (path) => host.fileUrl(repository, pinned, path), signal, send))) {
      const places = [TEMPLATE_FILE, ...TEMPLATE_CONFIGS].join(', ');
      throw new DownloadError('no-template', host.fileUrl(repository, pinned, ''), `no chat template in ${places}`);
    }
    const whole = await contextOf(layout, host.fileUrl(repository, pinned, layout.configPath), signal, send);
    const contextLength = Math.min(whole, wanted?.context ?? whole);
    for (const build of builds) {
      plans.push({
        ...{ repository, source, commit, contextLength },
        name: wanted?.name ?? repository.split('/').at(-1) ?? repository,
        build: { engine: layout.engine, quantisation: build.quantisation },
        parameters: wanted?.parameters ?? null,
        files: planned(build, listed, wanted, (path) => host.fileUrl(repository, pinned, path)),
      });
    }
  }
  if (plans.length === 0) {
    const lacking = layouts.map((layout) => `${layout.engine}: ${layout.missing(files, wanted).join(', ')}`);
    throw new DownloadError('no-build', host.fileUrl(repository, pinned, ''), lacking.join('; '));
  }
  return plans.sort((a, b) => (plannedBytes(a) ?? Infinity) - (plannedBytes(b) ?? Infinity));
}

function indexed(listed: readonly ListedFile[]): RepositoryFiles {
  const byPath = new Map(listed.map((file) => [file.path, file]));
  return {
    paths: [...byPath.keys()],
    has: (path) => byPath.has(path),
    bytes: (path) => byPath.get(path)?.bytes ?? 0,
  };
}

function planned(
  build: LayoutBuild,
  listed: readonly ListedFile[],
  wanted: WantedBuild | null,
  urlOf: (path: string) => string,
): readonly PlannedFile[] {
  return build.files.map(({ path, from }): PlannedFile => {
    const name = 'url' in from ? path : from.repositoryPath;
    const found = listed.find((file) => file.path === name);
    const pin = wanted?.sha256?.[name];
    const check: Check | null = pin === undefined ? null : { kind: 'sha256', hex: pin, from: 'catalogue' };
    return {
      path,
      url: 'url' in from ? from.url : urlOf(name),
      bytes: found?.bytes ?? null,
      check: check ?? found?.check ?? null,
    };
  });
}

/** Without one no question can be put to the model: better said before gigabytes are fetched than after. */
async function hasTemplate(
  files: RepositoryFiles,
  urlOf: (path: string) => string,
  signal: AbortSignal,
  send?: Fetch,
): Promise<boolean> {
  if (files.has(TEMPLATE_FILE)) return true;
  for (const path of TEMPLATE_CONFIGS.filter(files.has)) {
    if (templateIn(await readJson(urlOf(path), signal, send)) !== null) return true;
  }
  return false;
}

async function contextOf(layout: Layout, url: string, signal: AbortSignal, send?: Fetch): Promise<number> {
  const length = layout.contextLength(await readJson(url, signal, send));
  if (length !== null) return length;
  throw new FailureError(failure('unsupported-build', `${url} does not say how long the context is`));
}
