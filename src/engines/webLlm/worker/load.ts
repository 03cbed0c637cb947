/** From an order to a model that can answer: gate, library, files, session. */
import { version } from '@mlc-ai/web-llm/package.json';
import { computesInF16, failure, FailureError, type Environment, type LoadProgress, type ModelRef } from '#domain';
import { describePlatform } from '../../platform.ts';
import type { LoadOrder } from '../../protocol.ts';
import { readJson, readTemplate } from '../../worker/description.ts';
import { fileProgress } from '../../worker/fileProgress.ts';
import { keepOffTheNetwork, modelFiles } from '../../worker/files.ts';
import { guardGpu, unlessLost, type GpuGuard } from '../../worker/gpu.ts';
import type { ChatTemplate } from '../../worker/template.ts';
import { testBuild } from './buildTest.ts';
import { CONFIG, settingsFrom } from './config.ts';
import { webLlmFailure } from './failures.ts';
import { checkLibrary, libraryFacts } from './library.ts';
import { loadMlcModel, type MlcModel, type MlcModelOptions } from './mlcModel.ts';
import { phaseOf, sessionProgress } from './progress.ts';
import { standInForCaches } from './store.ts';

/** As in `Build.engine`. */
const ENGINE_ID = 'web-llm';

export interface Session {
  readonly model: MlcModel;
  readonly template: ChatTemplate;
  readonly contextLength: number;
  readonly environment: Environment;
  readonly gpu: GpuGuard;
}

export async function loadSession(order: LoadOrder, onProgress: (p: LoadProgress) => void): Promise<Session> {
  const { model: ref, device } = order;
  if (device !== 'webgpu') throw unsupported(`web-llm needs WebGPU, not ${device}`);
  const gpu = await gate(order);
  keepOffTheNetwork();
  const isWeights = (path: string): boolean => /\.(bin|wasm)$/.test(path);
  const files = modelFiles(order.files, { files: ref.files, onBytes: fileProgress(ref.files, isWeights, onProgress) });
  // Small files first: what is wrong with a model is found before its weights are read.
  const template = await readTemplate(files);
  const { contextLength, overrides } = settingsFrom(await readJson(files, CONFIG), order.contextLength);
  const library = libraryOf(ref);

  onProgress({ phase: 'runtime' });
  const bytes = await Promise.race([files.open(library).then((response) => response.arrayBuffer()), files.broken]);
  checkLibrary(await libraryFacts(new Uint8Array(bytes)), { version, quantisation: ref.build.quantisation });

  const paths = ref.files.map(({ path }) => path);
  standInForCaches(files, paths);
  const loading = startModel({ library, overrides }, onProgress);
  const model = await unlessLost(gpu, Promise.race([loading, files.broken]));
  const known = order.knownBuildTest;
  const testing = known ?? testBuild(model, ref, () => onProgress({ phase: 'self-test' }));
  const buildTest = await unlessLost(gpu, Promise.resolve(testing));
  const error = gpu.takeError();
  if (error !== null) throw new FailureError(error);
  const environment: Environment = {
    device,
    engine: { id: ENGINE_ID, version },
    ...describePlatform(navigator.userAgent),
    threads: null,
    adapter: gpu.adapter(),
    selfTest: { kind: 'unverified', reason: 'the embedded model does not run on this engine' },
    buildTest,
  };
  return { model, template, contextLength, environment, gpu };
}

/** Refuses, before a byte is read, what would fail only after hundreds of megabytes. */
async function gate({ model: ref, subgroups }: LoadOrder): Promise<GpuGuard> {
  // Absent in browsers without WebGPU, whatever the types say.
  const { gpu } = navigator as { readonly gpu?: GPU };
  const adapter = (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  if (adapter === null)
    throw new FailureError(failure('no-webgpu', gpu === undefined ? 'no navigator.gpu' : 'no adapter'));
  // web-llm's own records name the feature for few of the builds that need it.
  if (computesInF16(ref.build.quantisation) && !adapter.features.has('shader-f16')) throw unsupported('shader-f16');
  return guardGpu(subgroups);
}

/** What fails without a known cause before the weights are asked for is the library: it is made for another version. */
async function startModel(
  options: Pick<MlcModelOptions, 'library' | 'overrides'>,
  onProgress: (p: LoadProgress) => void,
): Promise<MlcModel> {
  let started = false;
  const tell = sessionProgress(onProgress);
  try {
    return await loadMlcModel({
      ...options,
      onProgress(report) {
        started ||= phaseOf(report.text) === 'weights';
        tell(report);
      },
    });
  } catch (thrown) {
    const { code, detail } = webLlmFailure(thrown);
    if (started || code !== 'unexpected') throw thrown;
    throw unsupported(`web-llm ${version} cannot start this model library: ${detail}`);
  }
}

/** Throws a FailureError where the model has none, or several. */
function libraryOf({ files }: ModelRef): string {
  const [library, ...others] = files.map(({ path }) => path).filter((path) => path.endsWith('.wasm'));
  if (library === undefined) throw new FailureError(failure('files-missing', 'the compiled model library (.wasm)'));
  if (others.length > 0) throw unsupported(`several model libraries: ${[library, ...others].join(', ')}`);
  return library;
}

function unsupported(detail: string): FailureError {
  return new FailureError(failure('unsupported-build', detail));
}
