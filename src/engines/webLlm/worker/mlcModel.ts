/** A model in web-llm's engine, reduced to what an evaluation needs. */
import { MLCEngine, type ChatOptions, type InitProgressCallback, type LogitProcessor } from '@mlc-ai/web-llm';
import { failure, FailureError, type Sampling } from '#domain';
import { chooser } from '../../sampling/index.ts';
import type { Scorer } from '../../selfTest/score.ts';
import { outputIdsOf, pipelineOf, type Pipeline } from './inside.ts';
import { MODEL_URL } from './store.ts';

/** What web-llm calls the one model of this worker. */
const MODEL_ID = 'model';

/** All five, because what is left out comes from the model's own files. `top_p` may not be 0. */
const GREEDY = {
  ...{ temperature: 0, top_p: 1e-5 },
  ...{ repetition_penalty: 1, frequency_penalty: 0, presence_penalty: 0 },
} as const;

interface Step {
  /** "" where a character is still open. */
  readonly text: string;
  /** The tokens since the step before, without the end token; empty where this version of web-llm hides them. */
  readonly ids: readonly number[];
  readonly finish: string | null;
}

export interface Completion {
  /** The decode steps; the last one brings the finish. */
  readonly steps: AsyncIterable<Step>;
  /** After the end: all tokens that were computed, the end token too. */
  tokens(): number;
  /** Milliseconds from the start of the prefill until the first token was there. */
  firstTokenMs(): number;
  /** Stops between two tokens; `steps` then ends. */
  interrupt(): void;
}

export interface MlcModel extends Scorer {
  complete(order: { readonly prompt: string; readonly maxTokens: number; readonly sampling: Sampling }): Completion;
}

export interface MlcModelOptions {
  /** Path of the compiled library. */
  readonly library: string;
  /** What is said in place of the model's own configuration. */
  readonly overrides: ChatOptions;
  readonly onProgress: InitProgressCallback;
}

/** The files have to be in place (store.ts). Rejects with what web-llm throws. */
export async function loadMlcModel({ library, overrides, onProgress }: MlcModelOptions): Promise<MlcModel> {
  const record = { model: MODEL_URL, model_id: MODEL_ID, model_lib: MODEL_URL + library };
  const engine = new MLCEngine({ appConfig: { model_list: [record] }, initProgressCallback: onProgress });
  await engine.reload(MODEL_ID, { ...GREEDY, ...overrides });
  const pipeline = pipelineOf(engine, MODEL_ID);
  const encode = (text: string): number[] => [...pipeline.tokenizer.encode(text)];
  const start = (): ReturnType<Scorer['start']> => startReading(engine, pipeline);
  return {
    encode,
    start,
    async logits(ids) {
      const reading = start();
      try {
        const rows: Float32Array[] = [];
        for (let length = 1; length <= ids.length; length += 1) {
          rows.push((await reading.next(ids.slice(0, length))).logits.slice());
        }
        return joined(rows);
      } finally {
        await reading.end();
      }
    },
    complete: ({ prompt, maxTokens, sampling }) => {
      pipeline.logitProcessor = sampling.kind === 'greedy' ? undefined : drawn(sampling, encode(prompt));
      return {
        steps: steps(engine, pipeline, prompt, maxTokens),
        tokens: () => pipeline.getCurRoundDecodingTotalTokens() + 1,
        firstTokenMs: () => pipeline.getCurRoundPrefillTotalTime() * 1000,
        interrupt: () => void engine.interruptGenerate(),
      };
    },
  };
}

async function* steps(
  engine: MLCEngine,
  pipeline: Pipeline,
  prompt: string,
  maxTokens: number,
): AsyncGenerator<Step, void, undefined> {
  const chunks = await engine.completions.create({ ...GREEDY, prompt, max_tokens: maxTokens, stream: true });
  let told = 0;
  for await (const { choices } of chunks) {
    for (const { text, finish_reason: finish } of choices) {
      const ids = outputIdsOf(pipeline);
      yield { text, ids: ids.slice(told), finish };
      told = ids.length;
    }
  }
}

/**
 * Draws the token by our own rules, which are the same for every engine (web-llm has no `top_k` and `min_p`, and its
 * penalty leaves the prompt out), and leaves web-llm's greedy choice nothing else.
 */
function drawn(sampling: Sampling, promptIds: readonly number[]): LogitProcessor {
  const choose = chooser(sampling);
  const ids = [...promptIds];
  return {
    processLogits(logits) {
      const chosen = choose(logits, ids);
      if (chosen === null) throw new FailureError(failure('no-numbers', `after ${ids.length} tokens`));
      logits.fill(-1e9);
      logits[chosen] = 0;
      return logits;
    },
    processSampledToken: (id) => void ids.push(id),
    resetState: () => undefined,
  };
}

/** A text that is given, read from an empty cache: the logits after each piece of it. */
function startReading(engine: MLCEngine, pipeline: Pipeline): ReturnType<Scorer['start']> {
  let logits = new Float32Array(0);
  let read = 0;
  const keep: LogitProcessor = {
    processLogits(given) {
      logits = given.slice();
      return given;
    },
    processSampledToken: () => undefined,
    resetState: () => undefined,
  };
  return {
    async next(ids) {
      pipeline.logitProcessor = keep;
      if (read === 0) await engine.resetChat();
      // More than one token at a time is read by the kernels of a prompt, a single one by those of decoding.
      await engine.forwardTokensAndSample(ids.slice(read), read === 0);
      read = ids.length;
      return { logits };
    },
    end() {
      pipeline.logitProcessor = undefined;
      return engine.resetChat();
    },
  };
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    whole.set(row, at);
    at += row.length;
  }
  return whole;
}
