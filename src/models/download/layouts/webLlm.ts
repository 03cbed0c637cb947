/** Models for web-llm: MLC's configuration, a list of weight shards, a tokenizer, and a compiled library from elsewhere. */
import { CONFIG, contextLengthIn, LIBRARY_FOLDER, LISTS, SHARD, TOKENIZER_FILES } from '../../layouts/webLlmFiles.ts';
import type { Layout, LayoutFile, RepositoryFiles } from './layout.ts';

/** web-llm's `modelLibURLPrefix` and `modelVersion`: libraries are tied to a version (a test compares them). */
export const LIBRARIES =
  'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base/';

const isTokenizer = (path: string): boolean => TOKENIZER_FILES.some((name) => name === path);

function missing({ has, paths }: RepositoryFiles): string[] {
  return [
    ...(has(CONFIG) ? [] : [CONFIG]),
    ...(LISTS.some(has) ? [] : [LISTS[0]]),
    ...(paths.some((path) => SHARD.test(path)) ? [] : ['params_shard_*.bin']),
    ...(has('tokenizer.json') || has('tokenizer.model') ? [] : ['tokenizer.json']),
    ...(has('tokenizer_config.json') ? [] : ['tokenizer_config.json']),
  ];
}

/** MLC keeps libraries apart from the weights; a host of one's own, or a shared folder, may have both in one place. */
function besideTheWeights(library: string): readonly string[] {
  return [LIBRARY_FOLDER + library, library];
}

function libraryFile(library: string, { has }: RepositoryFiles): LayoutFile {
  const beside = besideTheWeights(library).find(has);
  const from = beside === undefined ? { url: LIBRARIES + encodeURIComponent(library) } : { repositoryPath: beside };
  return { path: LIBRARY_FOLDER + library, from };
}

export const webLlmLayout: Layout = {
  engine: 'web-llm',
  configPath: CONFIG,
  contextLength: contextLengthIn,
  /** A repository holds one build, whose library only the catalogue knows: by hand there is none to offer. */
  builds(files, wanted) {
    if (wanted?.library === undefined || missing(files).length > 0) return [];
    const list = LISTS.find(files.has);
    const kept = files.paths.filter(
      (path) => path === CONFIG || path === list || SHARD.test(path) || isTokenizer(path),
    );
    return [
      {
        quantisation: wanted.quantisation,
        files: [...kept.map((path) => ({ path, from: { repositoryPath: path } })), libraryFile(wanted.library, files)],
      },
    ];
  },
  missing,
  async candidates(exists, wanted) {
    for (const path of [CONFIG, ...LISTS, ...TOKENIZER_FILES]) await exists(path);
    for (const path of wanted?.library === undefined ? [] : besideTheWeights(wanted.library)) {
      if (await exists(path)) break;
    }
    for (let n = 0; await exists(`params_shard_${n}.bin`); n += 1);
  },
};
