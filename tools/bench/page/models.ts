/** The models of a bench: the embedded one, or the folder that was put into the page's picker. */
import type { FileSource, ModelFile, ModelRef } from '#domain';
import { embeddedModel } from '#models';

export type BenchModel = 'embedded' | 'folder';

export interface ModelFiles {
  readonly ref: ModelRef;
  readonly files: FileSource;
}

export async function modelFiles(model: BenchModel): Promise<ModelFiles> {
  const blobs = model === 'embedded' ? await embeddedBlobs() : pickedBlobs();
  return withBlobs(model === 'embedded' ? embeddedModel.ref : folderRef(blobs), blobs);
}

/** The same model, with no token that ends an answer: it goes on until its budget is spent. */
export async function endlessModel(model: BenchModel): Promise<ModelFiles> {
  const { ref, files } = await modelFiles(model);
  if (files.kind !== 'blobs') throw new Error('the files of a bench are blobs');
  const changed = { ...files.files };
  for (const path of ['config.json', 'generation_config.json', 'tokenizer_config.json']) {
    const blob = changed[path];
    if (blob === undefined) continue;
    const fields = JSON.parse(await blob.text()) as Record<string, unknown>;
    delete fields.eos_token_id;
    delete fields.eos_token;
    changed[path] = new Blob([JSON.stringify(fields)]);
  }
  return withBlobs(ref, changed);
}

type Blobs = Readonly<Record<string, Blob>>;

function withBlobs(ref: ModelRef, blobs: Blobs): ModelFiles {
  const files: ModelFile[] = Object.entries(blobs).map(([path, { size }]) => ({ path, bytes: size, sha256: '' }));
  return { ref: { ...ref, files }, files: { kind: 'blobs', files: blobs } };
}

async function embeddedBlobs(): Promise<Blobs> {
  const blobs: Record<string, Blob> = {};
  for (const { path } of embeddedModel.ref.files) {
    blobs[path] = await (await fetch(new URL(`models/embedded/${path}`, document.baseURI))).blob();
  }
  return blobs;
}

function pickedBlobs(): Blobs {
  const picked = document.querySelector<HTMLInputElement>('#folder')?.files ?? [];
  const wanted = /^(?:[^/]+\.json|chat_template\.jinja|onnx\/.+)$/;
  // "<the folder's name>/onnx/model_q4.onnx"
  const named = [...picked].map((file) => [file.webkitRelativePath.replace(/^[^/]*\//, ''), file] as const);
  return Object.fromEntries(named.filter(([path]) => wanted.test(path)));
}

/** "onnx/model_q4.onnx" is the build q4, "onnx/model.onnx" fp32. */
function folderRef(blobs: Blobs): ModelRef {
  const builds = Object.keys(blobs).flatMap((path) => /^onnx\/model(?:_(\w+))?\.onnx$/.exec(path)?.slice(1) ?? []);
  if (builds.length !== 1) throw new Error(`one model file is needed in onnx/, here are ${builds.length}`);
  const build = { engine: 'transformers', quantisation: builds[0] ?? 'fp32' };
  return { id: 'folder/bench', name: 'folder', source: 'folder', revision: '', build, files: [] };
}
