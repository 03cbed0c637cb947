/** What a model folder in transformers.js layout has, and which builds of the model are in it. */

export const NEEDED = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;

/** Read where they are there. */
export const OPTIONAL = ['generation_config.json', 'chat_template.jinja', 'chat_template.json'];

/** How the checklist names "at least one build". */
export const ANY_BUILD = 'onnx/model*.onnx';

/** The library's own words for quantisations, by the end of the file's name. */
const SUFFIXES: ReadonlyMap<string, string> = new Map([
  ['', 'fp32'],
  ['_fp16', 'fp16'],
  ['_q4', 'q4'],
  ['_q4f16', 'q4f16'],
  ['_q2', 'q2'],
  ['_q2f16', 'q2f16'],
  ['_q1', 'q1'],
  ['_q1f16', 'q1f16'],
  ['_quantized', 'q8'],
  ['_int8', 'int8'],
  ['_uint8', 'uint8'],
  ['_bnb4', 'bnb4'],
]);

/** How the file of a quantisation ends: "q4" → "_q4". Null: not a word of the library. */
export function suffixOf(quantisation: string): string | null {
  for (const [suffix, word] of SUFFIXES) if (word === quantisation) return suffix;
  return null;
}

export const QUANTISATIONS: readonly string[] = [...SUFFIXES.values()];

export interface FolderBuild {
  readonly quantisation: string;
  /** Path of the graph: "onnx/model_q4.onnx". */
  readonly graph: string;
  /** Everything that this build needs, the files that all builds share included. */
  readonly paths: readonly string[];
}

/** Largest first: the builds that lose least. Weights outside the graph ("model_q4.onnx_data", "…_1") belong to it. */
export function buildsIn(files: ReadonlyMap<string, { readonly size: number }>): readonly FolderBuild[] {
  const shared = [...NEEDED, ...OPTIONAL].filter((path) => files.has(path));
  const bytes = (build: FolderBuild): number =>
    build.paths.reduce((sum, path) => sum + (files.get(path)?.size ?? 0), 0);
  return [...files.keys()]
    .flatMap((graph): FolderBuild[] => {
      const suffix = /^onnx\/model(|_[a-z0-9]+)\.onnx$/.exec(graph)?.[1];
      const quantisation = suffix === undefined ? undefined : SUFFIXES.get(suffix);
      if (quantisation === undefined) return [];
      const weights = [...files.keys()].filter((path) => isDataOf(graph, path)).sort();
      return [{ quantisation, graph, paths: [...shared, graph, ...weights] }];
    })
    .sort((a, b) => bytes(b) - bytes(a));
}

function isDataOf(graph: string, path: string): boolean {
  return path.startsWith(`${graph}_data`) && /^(_\d+)?$/.test(path.slice(`${graph}_data`.length));
}

/** A graph this small may keep its weights in other files; a bigger one holds them itself. */
const GRAPH_ALONE_BYTES = 32 * 2 ** 20;

/**
 * Paths of the weight files that a graph names, beside it. The names stand in the graph as plain text, so they are found
 * without decoding it.
 */
export async function weightsNamedBy(path: string, graph: Blob): Promise<readonly string[]> {
  if (graph.size > GRAPH_ALONE_BYTES) return [];
  const text = new TextDecoder('latin1').decode(await graph.arrayBuffer());
  const names = text.match(/[A-Za-z0-9._-]+\.onnx_data(?:_\d+)?/g) ?? [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  // In the encoding a length byte stands before the name, and it may be a letter: the graph's own name ends it.
  const own = path.slice(folder.length);
  const weights = names.map((name) => name.slice(name.lastIndexOf(own))).filter((name) => name.startsWith(own));
  return [...new Set(weights)].map((name) => folder + name);
}
