/** Models for web-llm: MLC's configuration, a list of weight shards, a tokenizer, and a compiled library from elsewhere. */
import type { Layout, RepositoryFiles } from './layout.ts';

const CONFIG = 'mlc-chat-config.json';
/** The list of shards; the second name is that of older repositories. */
const LISTS = ['tensor-cache.json', 'ndarray-cache.json'];
const SHARD = /^params_shard_\d+\.bin$/;
const TOKENIZER = /^(tokenizer\.(json|model)|tokenizer_config\.json|vocab\.json|merges\.txt|added_tokens\.json)$/;

/** web-llm's `modelLibURLPrefix` and `modelVersion`: libraries are tied to a version (a test compares them). */
export const LIBRARIES =
  'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base/';

function missing({ has, paths }: RepositoryFiles): string[] {
  return [
    ...(has(CONFIG) ? [] : [CONFIG]),
    ...(LISTS.some(has) ? [] : [LISTS[0] ?? '']),
    ...(paths.some((path) => SHARD.test(path)) ? [] : ['params_shard_*.bin']),
    ...(has('tokenizer.json') || has('tokenizer.model') ? [] : ['tokenizer.json']),
  ];
}

export const webLlmLayout: Layout = {
  engine: 'web-llm',
  configPath: CONFIG,
  contextLength(config) {
    if (config === null || typeof config !== 'object' || !('context_window_size' in config)) return null;
    const { context_window_size: size } = config;
    return typeof size === 'number' && Number.isInteger(size) && size > 0 ? size : null;
  },
  /** A repository holds one build, whose library only the catalogue knows: by hand there is none to offer. */
  builds(files, wanted) {
    if (wanted?.library === undefined || missing(files).length > 0) return [];
    const { library } = wanted;
    const list = LISTS.find(files.has);
    const kept = files.paths.filter(
      (path) => path === CONFIG || path === list || SHARD.test(path) || TOKENIZER.test(path),
    );
    return [
      {
        quantisation: wanted.quantisation,
        files: [
          ...kept.map((path) => ({ path, from: { repositoryPath: path } })),
          { path: `lib/${library}`, from: { url: LIBRARIES + encodeURIComponent(library) } },
        ],
      },
    ];
  },
  missing,
  async candidates(exists) {
    await exists(CONFIG);
    for (const path of LISTS) await exists(path);
    const names = ['tokenizer.json', 'tokenizer.model', 'tokenizer_config.json', 'vocab.json', 'merges.txt'];
    for (const path of [...names, 'added_tokens.json']) await exists(path);
    for (let n = 0; await exists(`params_shard_${n}.bin`); n += 1);
  },
};
