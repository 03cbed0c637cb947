import { env } from '@huggingface/transformers';
import { sha256Hex, type BuildTest, type ModelRef } from '#domain';
import { testBuild } from '../../../src/engines/transformers/worker/buildTest.ts';
import { loadLanguageModel } from '../../../src/engines/transformers/worker/languageModel.ts';
import { prepareRuntime } from '../../../src/engines/transformers/worker/runtime.ts';
import { modelFiles } from '../../../src/engines/worker/files.ts';

/** Float32 numbers of the weights' file that are multiplied by a factor. */
export interface Perturbation {
  /** Of the first of them in the file, in bytes. */
  readonly offset: number;
  readonly count: number;
  readonly factor: number;
}

export interface PerturbOrder {
  readonly ref: ModelRef;
  /** All files of the model. */
  readonly files: Readonly<Record<string, Blob>>;
  /** The one that is changed. */
  readonly weights: string;
  readonly changes: readonly Perturbation[];
  /** Of WASM; absent: as many as the site takes. */
  readonly threads?: number;
}

async function test({ ref, files, weights, changes, threads }: PerturbOrder): Promise<BuildTest[]> {
  prepareRuntime('wasm');
  const { wasm } = env.backends.onnx;
  if (threads !== undefined && wasm !== undefined) wasm.numThreads = threads;
  const bytes = (await files[weights]?.arrayBuffer()) ?? new ArrayBuffer(0);
  const tests: BuildTest[] = [];
  for (const change of changes) {
    const changed = new Blob([perturbed(bytes, change)]);
    const source = { kind: 'blobs', files: { ...files, [weights]: changed } } as const;
    const folder = sha256Hex(JSON.stringify(change)).slice(0, 8);
    const model = await loadLanguageModel({
      ...{ folder, device: 'wasm', dtype: ref.build.quantisation, externalDataFiles: 0 },
      files: modelFiles(source, { files: ref.files, onBytes: () => undefined }),
    });
    tests.push((await testBuild(model, ref)).test);
    await model.dispose();
  }
  return tests;
}

function perturbed(bytes: ArrayBuffer, { offset, count, factor }: Perturbation): ArrayBuffer {
  const changed = bytes.slice(0);
  const view = new DataView(changed);
  for (let at = offset; at < offset + 4 * count; at += 4) view.setFloat32(at, view.getFloat32(at, true) * factor, true);
  return changed;
}

onmessage = (e: MessageEvent<PerturbOrder>): void => {
  void test(e.data).then(
    (tests) => postMessage(tests),
    (thrown: unknown) => postMessage(String(thrown)),
  );
};
