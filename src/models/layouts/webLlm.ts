import { failure, FailureError } from '#domain';
import * as v from 'valibot';
import type { FolderFile, ModelFolder } from '../folder.ts';
import type { FolderLayout } from './folderLayout.ts';
import {
  ANY_LIBRARY,
  CONFIG,
  contextLengthIn,
  isWasm,
  LIBRARY_FOLDER,
  LISTS,
  quantisationIn,
  SHARD,
  TOKENIZER_FILES,
} from './webLlmFiles.ts';

/** Models for web-llm as MLC writes them, with the compiled library (.wasm) put beside them. */
export const webLlmFolder: FolderLayout = {
  engine: 'web-llm',
  configPath: CONFIG,
  recognises: (paths) =>
    paths.map(nameOf).some((name) => name === CONFIG || LISTS.some((list) => list === name) || SHARD.test(name)),
  contextLength: contextLengthIn,
  async survey({ files }, config) {
    const list = LISTS.find((path) => files.has(path));
    const tokenizer = ['tokenizer.json', 'tokenizer.model'].find((path) => files.has(path));
    const libraries = [...files].filter(([path]) => path.endsWith('.wasm'));
    const library = libraries.length === 1 ? libraries[0] : undefined;
    const quantisation = quantisationIn(config);
    if (files.has(CONFIG) && quantisation === null) throw corrupt(`${CONFIG} does not say its quantization`);
    const checklist = [
      { path: CONFIG, found: files.has(CONFIG) },
      { path: list ?? LISTS[0], found: list !== undefined },
      { path: tokenizer ?? 'tokenizer.json', found: tokenizer !== undefined },
      { path: 'tokenizer_config.json', found: files.has('tokenizer_config.json') },
      { path: library?.[0] ?? ANY_LIBRARY, found: library !== undefined },
    ];
    if (libraries.length > 1) throw corrupt(`several libraries: ${libraries.map(([path]) => path).join(', ')}`);
    if (library !== undefined && !(await isWasm(library[1]))) throw corrupt(`${library[0]}: not WebAssembly`);
    if (list === undefined) return { checklist, builds: [] };
    const { shards, missing } = await shardsOf(files, list);
    if (quantisation === null || library === undefined) {
      return { checklist: [...checklist, ...missing.map((path) => ({ path, found: false }))], builds: [] };
    }
    const small = [CONFIG, list, ...TOKENIZER_FILES].flatMap((path) => fileAt(files, path));
    const kept = { path: `${LIBRARY_FOLDER}${nameOf(library[0])}`, file: library[1] };
    return { checklist, builds: [{ quantisation, files: [...small, ...shards, kept], missing }] };
  },
};

const listSchema = v.object({
  records: v.array(v.object({ dataPath: v.pipe(v.string(), v.regex(/^[\w.-]+$/)), nbytes: v.number() })),
});

/** The shards that the list names. Rejects with `file-corrupt`, which names a shard that is too short or too long. */
async function shardsOf(
  files: ModelFolder['files'],
  list: string,
): Promise<{ readonly shards: readonly FolderFile[]; readonly missing: readonly string[] }> {
  let parsed: v.InferOutput<typeof listSchema>;
  try {
    parsed = v.parse(listSchema, JSON.parse((await files.get(list)?.text()) ?? ''));
  } catch (thrown) {
    throw corrupt(`${list}: ${thrown instanceof Error ? thrown.message : ''}`);
  }
  for (const { dataPath, nbytes } of parsed.records) {
    const size = files.get(dataPath)?.size;
    if (size !== undefined && size !== nbytes) throw corrupt(`${dataPath}: ${size} bytes instead of ${nbytes}`);
  }
  const paths = [...new Set(parsed.records.map(({ dataPath }) => dataPath))];
  return {
    shards: paths.flatMap((path) => fileAt(files, path)),
    missing: paths.filter((path) => !files.has(path)),
  };
}

function fileAt(files: ModelFolder['files'], path: string): FolderFile[] {
  const file = files.get(path);
  return file === undefined ? [] : [{ path, file }];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function corrupt(detail: string): FailureError {
  return new FailureError(failure('file-corrupt', detail));
}
