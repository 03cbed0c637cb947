/** The model in the page's two inputs: a folder with the weights, and the compiled library. */
import type { FileSource, ModelRef } from '#domain';
import { filesOfPicker, type FolderFile } from '#models';
import { chooseBuild, inspectFolder } from '../../../src/models/inspect.ts';

/** Nothing is copied. Rejects with a FailureError that names what is missing or wrong. */
export async function pickedModel(): Promise<{ readonly model: ModelRef; readonly files: FileSource }> {
  const inFolder = filesOfPicker(chosen('model')).filter(({ path }) => !path.endsWith('.wasm'));
  const root = inFolder[0]?.path.split('/')[0] ?? '';
  const libraries = chosen('library').map((file): FolderFile => ({ path: `${root}/${file.name}`, file }));
  const all = [...inFolder, ...libraries];
  const report = await inspectFolder(all);
  const build = await chooseBuild(all, report.builds[0]?.quantisation ?? 'a model for web-llm');
  const model: ModelRef = {
    ...{ id: `folder/${build.name}`, name: build.name, source: 'folder', revision: '' },
    build: { engine: build.engine, quantisation: build.quantisation },
    files: build.files.map(({ path, file }) => ({ path, bytes: file.size, sha256: '' })),
  };
  const files = Object.fromEntries(build.files.map(({ path, file }) => [path, file]));
  return { model, files: { kind: 'blobs', files } };
}

function chosen(id: string): File[] {
  const input = document.getElementById(id);
  return input instanceof HTMLInputElement ? [...(input.files ?? [])] : [];
}
