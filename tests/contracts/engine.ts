/**
 * What every engine must do, whatever runs behind it. The cases know no test runner, so that the same code runs on the
 * scripted engine in Node and, inside a real page, on an engine with a worker and a model.
 */
import {
  FailureError,
  type Device,
  type Engine,
  type GenerateEvent,
  type GenerateRequest,
  type LoadedModel,
  type Message,
  type ModelRef,
} from '#domain';

export interface EngineSubject {
  readonly engine: Engine;
  readonly model: ModelRef;
  readonly device: Device;
  /** Answered with at least four tokens. */
  readonly question: readonly Message[];
  /** A server that renders the prompt: neither its tokens nor their ids are told beforehand. */
  readonly keepsTokens?: true;
  /** An engine that tells the ids of the output's tokens. */
  readonly tellsIds?: true;
}

export interface ContractCase {
  readonly name: string;
  /** Rejects with an Error that says what was broken. */
  run(subject: EngineSubject): Promise<void>;
}

const BUDGET = 16;
const never = new AbortController().signal;

/** A frame at 30 per second: a cancel that takes longer is seen. */
const ONE_FRAME_MS = 33;

export const engineContract: readonly ContractCase[] = [
  {
    name: 'a stream is the prompt, tokens, and one end; the joined tokens are the output',
    run: (subject) =>
      withModel(subject, async (model) => {
        const request = await ask(model, subject);
        const events = await collect(model.generate(request, never));
        const end = endOf(events);
        expectThat(end.type === 'done', `ended with ${JSON.stringify(end)}`);
        expectThat(end.usage !== null, 'no usage');
        const [first] = events;
        if (subject.keepsTokens === undefined) {
          expectThat(first?.type === 'prompt', `first event is ${first?.type}`);
          expectThat(first.tokens > 0 && /^[0-9a-f]{64}$/.test(first.tokenIdsHash), `prompt: ${JSON.stringify(first)}`);
          expectThat(end.usage.promptTokens === first.tokens, 'two counts of the prompt');
        }
        const joined = events.map((e) => (e.type === 'token' ? e.text : '')).join('');
        expectThat(joined === end.output && joined !== '', `"${joined}" instead of "${end.output}"`);
        expectThat(end.usage.outputTokens >= 4, `${end.usage.outputTokens} tokens`);
        const ids = events.flatMap((e) => (e.type === 'token' ? (e.ids ?? []) : []));
        const withoutEnd = end.usage.outputTokens - (end.finish === 'stop' ? 1 : 0);
        expectThat(
          subject.tellsIds === true ? ids.length === withoutEnd : ids.length === 0,
          `${ids.length} ids of ${withoutEnd} tokens`,
        );
        expectThat(end.timing.firstTokenMs >= 0 && end.timing.decodeMs >= 0, JSON.stringify(end.timing));
      }),
  },
  {
    name: 'the same question gives the same answer',
    run: (subject) =>
      withModel(subject, async (model) => {
        const request = await ask(model, subject);
        const first = await outputOf(model, request);
        const second = await outputOf(model, request);
        expectThat(first === second, `"${first}" and then "${second}"`);
      }),
  },
  {
    name: 'a spent budget finishes by length',
    run: (subject) =>
      withModel(subject, async (model) => {
        const end = endOf(await collect(model.generate({ ...(await ask(model, subject)), maxTokens: 2 }, never)));
        expectThat(end.type === 'done' && end.finish === 'length', JSON.stringify(end));
        expectThat(end.usage?.outputTokens === 2, `${end.usage?.outputTokens} tokens`);
      }),
  },
  {
    name: 'a prompt that does not fit fails with both numbers, and the model goes on',
    run: (subject) =>
      withModel(subject, async (model) => {
        const request = await ask(model, subject);
        const tooMany = { ...request, maxTokens: model.contextLength };
        const end = endOf(await collect(model.generate(tooMany, never)));
        expectThat(end.type === 'failed' && end.failure.code === 'context-exceeded', JSON.stringify(end));
        expectThat(end.failure.detail.includes(String(model.contextLength)), end.failure.detail);
        expectThat((await outputOf(model, request)) !== '', 'no answer afterwards');
      }),
  },
  {
    name: 'a signal that is aborted already gives only `cancelled`',
    run: (subject) =>
      withModel(subject, async (model) => {
        const events = await collect(model.generate(await ask(model, subject), AbortSignal.abort()));
        expectThat(events.length === 1 && events[0]?.type === 'cancelled', JSON.stringify(events));
      }),
  },
  {
    name: 'cancelling ends the stream at once, and the next answer is whole',
    run: (subject) =>
      withModel(subject, async (model) => {
        const request = await ask(model, subject);
        const whole = await outputOf(model, request);
        const abort = new AbortController();
        const after: GenerateEvent[] = [];
        let abortedAt: number | null = null;
        for await (const event of model.generate(request, abort.signal)) {
          if (abortedAt !== null) after.push(event);
          else if (event.type === 'token') {
            abortedAt = performance.now();
            abort.abort();
          }
        }
        expectThat(abortedAt !== null, 'no token came');
        const took = performance.now() - abortedAt;
        expectThat(after.length === 1 && after[0]?.type === 'cancelled', `then came ${JSON.stringify(after)}`);
        expectThat(took < ONE_FRAME_MS, `it took ${took} ms`);
        expectThat((await outputOf(model, request)) === whole, 'the next answer differs');
      }),
  },
  {
    name: 'a reader that walks away leaves the model usable',
    run: (subject) =>
      withModel(subject, async (model) => {
        const request = await ask(model, subject);
        for await (const event of model.generate(request, never)) if (event.type === 'token') break;
        expectThat((await outputOf(model, request)) !== '', 'no answer afterwards');
      }),
  },
  {
    name: 'two questions at once both get their answer',
    run: (subject) =>
      withModel(subject, async (model) => {
        const request = await ask(model, subject);
        const [a, b] = await Promise.all([outputOf(model, request), outputOf(model, request)]);
        expectThat(a === b, `"${a}" and "${b}"`);
      }),
  },
  {
    name: 'a cancelled load rejects with the reason of the signal',
    async run(subject) {
      const reason = new Error('not any more');
      const early = await rejection(load(subject, AbortSignal.abort(reason)));
      expectThat(early === reason, `rejected with ${String(early)}`);
      const abort = new AbortController();
      const loading = rejection(load(subject, abort.signal));
      abort.abort(reason);
      const late = await loading;
      expectThat(late === reason, `rejected with ${String(late)}`);
    },
  },
  {
    name: 'disposing twice is safe, and a disposed model fails instead of waiting',
    async run(subject) {
      const model = await load(subject, never);
      const request = await ask(model, subject);
      await model.dispose();
      await model.dispose();
      const end = endOf(await collect(model.generate(request, never)));
      expectThat(end.type === 'failed' && end.failure.code === 'worker-died', JSON.stringify(end));
      const refused = await rejection(model.render(subject.question));
      expectThat(refused instanceof FailureError && refused.failure.code === 'worker-died', String(refused));
    },
  },
];

function load({ engine, model, device }: EngineSubject, signal: AbortSignal): Promise<LoadedModel> {
  return engine.load({ model, device, onProgress: () => undefined }, signal);
}

async function withModel(subject: EngineSubject, work: (model: LoadedModel) => Promise<void>): Promise<void> {
  const model = await load(subject, never);
  try {
    await work(model);
  } finally {
    await model.dispose();
  }
}

async function ask(model: LoadedModel, { question }: EngineSubject): Promise<GenerateRequest> {
  const prompt = await model.render(question);
  for (const { content } of question) expectThat(prompt.includes(content), `the prompt lacks "${content}"`);
  return { messages: question, prompt, maxTokens: BUDGET, sampling: { kind: 'greedy' } };
}

async function collect(stream: AsyncIterable<GenerateEvent>): Promise<GenerateEvent[]> {
  const events: GenerateEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const ENDS: ReadonlySet<GenerateEvent['type']> = new Set(['done', 'failed', 'cancelled']);

function endOf(events: readonly GenerateEvent[]): GenerateEvent {
  const ends = events.filter((e) => ENDS.has(e.type));
  const last = events.at(-1);
  expectThat(ends.length === 1 && last !== undefined && last === ends[0], `ends: ${JSON.stringify(ends)}`);
  return last;
}

async function outputOf(model: LoadedModel, request: GenerateRequest): Promise<string> {
  const end = endOf(await collect(model.generate(request, never)));
  expectThat(end.type === 'done', `ended with ${JSON.stringify(end)}`);
  return end.output;
}

function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => new Error('it did not reject'),
    (reason: unknown) => reason,
  );
}

function expectThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}
