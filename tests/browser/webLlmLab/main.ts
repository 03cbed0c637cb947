/** A page without an interface: puts our engine of web-llm, and a tiny model, where a test can reach them. */
import * as domain from '#domain';
import { webLlmEngine } from '#engines';
import { engineContract, type EngineSubject } from '../../contracts/engine.ts';
import { pickedModel } from '../../../tools/webllm-check/page/picked.ts';
import { tinyLibrary } from '../../engines/webLlm/wasm.ts';

/** Changed by a test: contents by path; null takes a file away. */
export type Change = Readonly<Record<string, string | null>>;

const TEMPLATE = '{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>';

/** As `params_shard_*.bin` of a model; the bytes mean nothing. */
const SHARD = 'x'.repeat(200_000);

function contents(change: Change, standIn: object): ReadonlyMap<string, Blob> {
  const config = { context_window_size: 32_768, quantization: 'q4f32_1', conv_template: { stop_token_ids: [3] } };
  const records = [0, 1].map((n) => ({ dataPath: `params_shard_${n}.bin`, nbytes: SHARD.length, records: [] }));
  const texts: Record<string, string | null> = {
    'mlc-chat-config.json': JSON.stringify({ ...config, stand_in: standIn }),
    'tensor-cache.json': JSON.stringify({ metadata: {}, records }),
    'tokenizer.json': '{}',
    'tokenizer_config.json': JSON.stringify({ chat_template: TEMPLATE }),
    'params_shard_0.bin': SHARD,
    'params_shard_1.bin': SHARD,
  };
  const library = tinyLibrary('TVMFFIWasmSafeCall', '{"model_type": "tiny", "quantization": "q4f32_1", "params": []}');
  const blobs = new Map<string, Blob>([['lib/tiny.wasm', new Blob([library])]]);
  for (const [path, text] of Object.entries({ ...texts, ...change })) {
    if (text === null) blobs.delete(path);
    else blobs.set(path, new Blob([text]));
  }
  return blobs;
}

interface Options {
  readonly change?: Change;
  readonly standIn?: object;
  readonly quantisation?: string;
  /** Lengths that the record says, where they are not those of the files. */
  readonly said?: Readonly<Record<string, number>>;
  readonly silenceMs?: number;
  readonly contextLength?: number;
  /** No file can be read, though the model names them all: whatever reads one fails with `files-missing`. */
  readonly unreadable?: boolean;
  /** A library of the older age instead. */
  readonly oldLibrary?: boolean;
}

function subject(options: Options): EngineSubject {
  const { change = {}, standIn = {}, quantisation = 'q4f32_1', said = {}, silenceMs, oldLibrary = false } = options;
  const blobs = new Map(contents(change, standIn));
  if (oldLibrary) blobs.set('lib/tiny.wasm', new Blob([tinyLibrary('TVMWasmPackedCFunc')]));
  const files = [...blobs].map(([path, blob]) => ({ path, bytes: said[path] ?? blob.size, sha256: '' }));
  const source: domain.FileSource = {
    kind: 'blobs',
    files: options.unreadable === true ? {} : Object.fromEntries(blobs),
  };
  const engine = webLlmEngine({
    files: () => Promise.resolve(source),
    ...(silenceMs === undefined ? {} : { silenceMs }),
  });
  const model: domain.ModelRef = {
    ...{ id: 'folder/tiny', name: 'tiny', source: 'folder', revision: '0' },
    build: { engine: 'web-llm', quantisation },
    files,
  };
  return { engine, model, device: 'webgpu', tellsIds: true, question: [{ role: 'user', content: 'Say something.' }] };
}

function load(
  options: Options = {},
  signal: AbortSignal = new AbortController().signal,
  onProgress: (p: domain.LoadProgress) => void = () => undefined,
): Promise<domain.LoadedModel> {
  const { engine, model } = subject(options);
  const { contextLength } = options;
  const context = contextLength === undefined ? {} : { contextLength };
  return engine.load({ model, device: 'webgpu', onProgress, ...context }, signal);
}

/** The real model in the page's inputs. */
async function loadPicked(
  signal: AbortSignal = new AbortController().signal,
  onProgress: (p: domain.LoadProgress) => void = () => undefined,
): Promise<domain.LoadedModel> {
  const { model, files } = await pickedModel();
  return webLlmEngine({ files: () => Promise.resolve(files) }).load({ model, device: 'webgpu', onProgress }, signal);
}

/** All events of one answer, greedy unless told otherwise. */
async function answer(
  model: domain.LoadedModel,
  maxTokens: number,
  sampling: domain.Sampling = { kind: 'greedy' },
): Promise<domain.GenerateEvent[]> {
  const messages = [{ role: 'user', content: 'Say something.' }] as const;
  const prompt = await model.render(messages);
  const events: domain.GenerateEvent[] = [];
  const signal = new AbortController().signal;
  for await (const event of model.generate({ messages, prompt, maxTokens, sampling }, signal)) events.push(event);
  return events;
}

/** Null: the case held; else what was broken. */
async function contractCase(name: string): Promise<string | null> {
  try {
    await engineContract.find((c) => c.name === name)?.run(subject({}));
    return null;
  } catch (thrown) {
    return String(thrown);
  }
}

async function failureOf(promise: Promise<unknown>): Promise<domain.Failure | null> {
  return promise.then(
    () => null,
    (thrown: unknown) => domain.toFailure(thrown),
  );
}

/** Locks of workers that are alive, after those that were ended have had a moment. */
async function livingWorkers(): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const { held = [] } = await navigator.locks.query();
    const living = held.filter((lock) => lock.name?.startsWith('tabeval-worker-')).length;
    if (living === 0 || tries > 40) return living;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const webLlmLab = { load, loadPicked, answer, contractCase, failureOf, livingWorkers };
export type WebLlmLab = typeof webLlmLab;

declare global {
  // `var` is the only way to declare a property of the global object.
  var webLlmLab: WebLlmLab;
}

globalThis.webLlmLab = webLlmLab;
