/** From an order to a model that can answer: runtime, self-test, files, session. */
import { env } from '@huggingface/transformers';
import {
  contextLengthOf,
  failure,
  FailureError,
  readPerToken,
  type Environment,
  type LoadProgress,
  type ModelRef,
  type SelfTest,
} from '#domain';
import { describePlatform } from '../../platform.ts';
import type { LoadOrder } from '../../protocol.ts';
import { bestToken } from '../../sampling/index.ts';
import type { TextScores } from '../../selfTest/score.ts';
import { testBuild, type TestedBuild } from './buildTest.ts';
import { engineFailure } from './failures.ts';
import { measureGpuMemory, measureMemory } from '../../worker/bandwidth.ts';
import { readJson, readTemplate } from '../../worker/description.ts';
import { fileProgress } from '../../worker/fileProgress.ts';
import { modelFiles, type ModelFiles } from '../../worker/files.ts';
import { gpuDevice, guardGpu, unlessLost, type GpuGuard } from '../../worker/gpu.ts';
import { loadLanguageModel, type LanguageModel } from './languageModel.ts';
import { prepareRuntime } from './runtime.ts';
import { runSelfTest } from './selfTest.ts';
import type { ChatTemplate } from '../../worker/template.ts';

/** As in `Build.engine`. */
const ENGINE_ID = 'transformers';

export interface Session {
  readonly model: LanguageModel;
  readonly template: ChatTemplate;
  readonly contextLength: number;
  readonly environment: Environment;
  /** Null on WASM. */
  readonly gpu: GpuGuard | null;
  /** Where nothing is known of the build: see testBuild. */
  readonly scores?: readonly TextScores[];
}

export async function loadSession(
  order: LoadOrder,
  onProgress: (p: LoadProgress) => void,
): Promise<Session | 'retry-without-subgroups'> {
  const { model: ref, device } = order;
  if (device !== 'webgpu' && device !== 'wasm') throw unsupported(`device ${device}`);
  const files = modelFiles(order.files, {
    files: ref.files,
    onBytes: fileProgress(ref.files, (path) => path.startsWith('onnx/'), onProgress),
  });
  // Small files first: what is wrong with a model is found before its weights are read.
  const { template, config, contextLength: offered } = await readDescription(files);
  const contextLength = Math.min(offered, order.contextLength ?? offered);

  onProgress({ phase: 'runtime' });
  const gpu = device === 'webgpu' ? await prepareGpu(order, ref) : null;
  const threads = prepareRuntime(device);

  /** Whether the cure for a failed test is still to be tried. */
  const curable = (): boolean =>
    (order.subgroups === 'auto' || order.subgroups === 'until-wrong') && gpu?.adapter()?.subgroups === true;

  const known = order.knownSelfTest;
  const tester = known === null ? await unlessLost(gpu, testDevice(order, device, onProgress)) : taken(known.result);
  const selfTest = tester.result;
  if (selfTest.kind === 'invalid' && known === null && curable()) return 'retry-without-subgroups';
  // Before the model takes its memory.
  const bytesPerSecond = known?.memorySpeed ?? (await unlessLost(gpu, measureSpeed(device)));

  const model = await unlessLost(gpu, loadModel(order, device, files, onProgress));
  await tester.end();
  const tested = await unlessLost(gpu, testLoaded(order, model, onProgress));
  if (tested.test.kind === 'invalid' && order.knownBuildTest === null && curable()) return 'retry-without-subgroups';
  const error = gpu?.takeError() ?? null;
  if (error !== null) throw new FailureError(error);
  const environment: Environment = {
    device,
    engine: { id: ENGINE_ID, version: env.version },
    ...describePlatform(navigator.userAgent),
    threads: device === 'wasm' ? threads : null,
    adapter: gpu?.adapter() ?? null,
    selfTest,
    ...(bytesPerSecond === null
      ? {}
      : { memory: { bytesPerSecond, readPerToken: readPerToken(config, ref.build.quantisation) } }),
    buildTest: tested.test,
    ...(wasCured(order, gpu) ? { cures: [{ kind: 'without-subgroups' }] } : {}),
  };
  const scores = tested.scores === undefined ? {} : { scores: tested.scores };
  return { model, template, contextLength, environment, gpu, ...scores };
}

/** Narrow subgroups are left out from the start and are no cure; those that a failed test has ruled out are. */
function wasCured(order: LoadOrder, gpu: GpuGuard | null): boolean {
  const because = gpu?.subgroupsLeftOut() ?? null;
  return order.subgroups === 'off' ? because !== null : because === 'told';
}

/** Null on a GPU that the runtime has not asked for yet, because its self-test was known and its speed was not. */
function measureSpeed(device: 'webgpu' | 'wasm'): Promise<number | null> {
  const gpu = gpuDevice();
  if (device === 'wasm') return Promise.resolve(measureMemory());
  return gpu === null ? Promise.resolve(null) : measureGpuMemory(gpu);
}

function testLoaded(
  order: LoadOrder,
  model: LanguageModel,
  onProgress: (p: LoadProgress) => void,
): Promise<TestedBuild> {
  if (order.knownBuildTest !== null) return Promise.resolve({ test: order.knownBuildTest });
  onProgress({ phase: 'self-test' });
  return testBuild(model, order.model);
}

async function loadModel(
  { model: ref, reusePrefix = true }: LoadOrder,
  device: 'webgpu' | 'wasm',
  files: ModelFiles,
  onProgress: (p: LoadProgress) => void,
): Promise<LanguageModel> {
  const dtype = ref.build.quantisation;
  const externalDataFiles = ref.files.filter((f) => f.path.includes('.onnx_data')).length;
  const options = { folder: 'model', files, device, dtype, externalDataFiles, reusePrefix };
  const model = await loadLanguageModel(options);
  onProgress({ phase: 'warm-up' });
  await warmUp(model);
  return model;
}

interface Description {
  readonly template: ChatTemplate;
  readonly config: unknown;
  readonly contextLength: number;
}

async function readDescription(files: ModelFiles): Promise<Description> {
  const config = await readJson(files, 'config.json');
  const contextLength = contextLengthOf(config);
  if (contextLength === null) throw unsupported('config.json does not say how long the context is');
  return { template: await readTemplate(files), config, contextLength };
}

/** Refuses here what would fail only after hundreds of megabytes have been read. */
async function prepareGpu(order: LoadOrder, ref: ModelRef): Promise<GpuGuard> {
  // Absent in browsers without WebGPU, whatever the types say.
  const gpu = (navigator as { readonly gpu?: GPU }).gpu;
  const adapter = (await gpu?.requestAdapter()) ?? null;
  if (adapter === null)
    throw new FailureError(failure('no-webgpu', gpu === undefined ? 'no navigator.gpu' : 'no adapter'));
  if (ref.build.quantisation.endsWith('f16') || ref.build.quantisation === 'fp16') {
    if (!adapter.features.has('shader-f16')) throw unsupported('shader-f16');
  }
  const { knownSelfTest } = order;
  return guardGpu(knownSelfTest !== null && !knownSelfTest.subgroups ? 'off' : order.subgroups);
}

interface TestedDevice {
  readonly result: SelfTest;
  /**
   * Gives the embedded model's memory back. Not before the model itself is loaded: with its last session the runtime
   * destroys its GPU device.
   */
  end(): Promise<void>;
}

function taken(result: SelfTest): TestedDevice {
  return { result, end: () => Promise.resolve() };
}

/** A failure of the test itself (the embedded model cannot be read, …) says nothing about the device. */
async function testDevice(
  order: LoadOrder,
  device: 'webgpu' | 'wasm',
  onProgress: (p: LoadProgress) => void,
): Promise<TestedDevice> {
  if (order.embedded === null) return taken({ kind: 'unverified', reason: 'no embedded model' });
  onProgress({ phase: 'self-test' });
  try {
    const files = modelFiles(order.embedded, { files: null, onBytes: () => undefined });
    const options = { folder: 'embedded', files, device, dtype: 'fp32', externalDataFiles: 0 };
    const model = await loadLanguageModel(options);
    return { result: await runSelfTest(model, files), end: () => model.dispose() };
  } catch (thrown) {
    const { code, detail } = engineFailure(thrown);
    if (code === 'device-lost' || code === 'no-webgpu' || code === 'out-of-memory') throw thrown;
    return taken({ kind: 'unverified', reason: `${code}: ${detail}` });
  }
}

/**
 * The first prompt and the first decode step on a GPU compile their kernels, and on WASM the browser compiles what runs
 * often once more: that must not count as the time of an answer.
 */
async function warmUp(model: LanguageModel): Promise<void> {
  const ids = model.encode('Hello, world');
  const decoding = model.start();
  const { logits } = await decoding.next(ids);
  await decoding.next([...ids, bestToken(logits) ?? 0]);
  await decoding.end();
}

function unsupported(detail: string): FailureError {
  return new FailureError(failure('unsupported-build', detail));
}
