/** A page without an interface: loads what its two inputs hold with our adapter, and asks one question. */
import { toFailure, type Failure, type LoadedModel, type LoadProgress } from '#domain';
import { webLlmEngine } from '#engines';
import { pickedModel } from './picked.ts';

export interface CheckRequest {
  readonly prompt: string;
  readonly tokens: number;
  readonly context: number | null;
}

/** The last line. Null: it did not come so far; seconds per token need two. */
export interface CheckResult {
  readonly loaded: boolean;
  readonly version: string | null;
  readonly secondsToLoad: number | null;
  readonly promptTokens: number | null;
  readonly tokens: number;
  readonly text: string;
  readonly secondsToFirstToken: number | null;
  readonly secondsPerToken: number | null;
  readonly failure?: Failure;
}

const NOTHING: CheckResult = {
  ...{ loaded: false, version: null, secondsToLoad: null, promptTokens: null, tokens: 0, text: '' },
  ...{ secondsToFirstToken: null, secondsPerToken: null },
};

const never = new AbortController().signal;

declare global {
  // `var` is the only way to declare a property of the global object.
  /** Prints a line; put here by the command. */
  var say: (line: string) => Promise<void>;
  var check: (request: CheckRequest) => Promise<CheckResult>;
}

globalThis.check = async (request) => {
  let result = NOTHING;
  try {
    const { model: ref, files } = await pickedModel();
    await say(`${ref.name}: ${ref.build.engine} ${ref.build.quantisation}, ${ref.files.length} files`);
    const engine = webLlmEngine({ files: () => Promise.resolve(files) });
    const began = performance.now();
    const onProgress = progressLines();
    const context = request.context === null ? {} : { contextLength: request.context };
    const model = await engine.load({ model: ref, device: 'webgpu', onProgress, ...context }, never);
    const secondsToLoad = seconds(performance.now() - began);
    const { version } = model.environment.engine;
    result = { ...result, loaded: true, version, secondsToLoad };
    void say(`loaded in ${secondsToLoad} s by web-llm ${version}, context ${model.contextLength}`);
    try {
      return await answer(model, request, result);
    } finally {
      await model.dispose();
    }
  } catch (thrown) {
    return { ...result, failure: toFailure(thrown) };
  }
};

async function answer(model: LoadedModel, { prompt, tokens }: CheckRequest, loaded: CheckResult): Promise<CheckResult> {
  const messages = [{ role: 'user', content: prompt }] as const;
  const rendered = await model.render(messages);
  let result = loaded;
  const request = { messages, prompt: rendered, maxTokens: tokens, sampling: { kind: 'greedy' } } as const;
  for await (const event of model.generate(request, never)) {
    if (event.type === 'prompt') result = { ...result, promptTokens: event.tokens };
    else if (event.type === 'token') {
      result = { ...result, text: result.text + event.text };
      void say(`token ${JSON.stringify(event.text)}`);
    } else if (event.type === 'failed') result = { ...result, failure: event.failure };
    else if (event.type === 'done') {
      const { outputTokens } = event.usage ?? { outputTokens: 0 };
      const { firstTokenMs, decodeMs } = event.timing;
      void say(`ended by ${event.finish}`);
      result = {
        ...result,
        tokens: outputTokens,
        secondsToFirstToken: seconds(firstTokenMs),
        secondsPerToken: outputTokens > 1 ? seconds(decodeMs / (outputTokens - 1)) : null,
      };
    }
  }
  return result;
}

/** A line for each phase, and one for each tenth of the files. */
function progressLines(): (progress: LoadProgress) => void {
  let last = '';
  return (progress) => {
    const line =
      progress.phase === 'files'
        ? `files ${Math.floor((10 * progress.loadedBytes) / Math.max(1, progress.totalBytes)) * 10} %`
        : progress.phase;
    if (line !== last) void say(line);
    last = line;
  };
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}
