import {
  failure,
  FailureError,
  sha256Hex,
  toFailure,
  type Environment,
  type Failure,
  type FinishReason,
  type GenerateEvent,
  type GenerateRequest,
  type LoadedModel,
  type Message,
  type SamplingValue,
  type ThinkingControl,
  type ThinkingMode,
  type Usage,
} from '#domain';
import { ask, type Question } from './ask.ts';
import type { Connection } from './connection.ts';
import type { Gate } from './gate.ts';
import { publicName } from './listing/offered.ts';
import type { RawPrompts } from './rawPrompts.ts';
import { samplingFields, unknownSampling } from './sampling.ts';
import { thinkingFields, ThinkingText } from './thinking.ts';

export interface ServerModelParts {
  readonly connection: Connection;
  readonly gate: Gate;
  /** The name by which the server knows the model. */
  readonly wireName: string;
  readonly environment: Environment;
  readonly contextLength: number;
  /** Of a prompt that the server renders; null: it says that the model cannot think. */
  readonly thinking: ThinkingControl | null;
  /** Null: the server renders the conversation with its own template. */
  readonly raw: RawPrompts | null;
  /** `LoadedModel.absence`: whoever knows the connections knows whether one of them has this model now. */
  readonly absence: (signal: AbortSignal) => Promise<Failure | null>;
}

/** A model on a server. Nothing of it lies here, so `dispose` only ends what is being asked. */
export class ServerModel implements LoadedModel {
  readonly environment: Environment;
  readonly contextLength: number;
  readonly templateHash: string | null;
  readonly renderedBy?: 'server';
  readonly unknownSampling: readonly SamplingValue[];
  readonly thinking?: ThinkingControl;
  readonly #parts: ServerModelParts;
  readonly #disposed = new AbortController();

  constructor(parts: ServerModelParts) {
    this.#parts = parts;
    this.environment = parts.environment;
    this.contextLength = parts.contextLength;
    this.templateHash = parts.raw?.template.hash ?? null;
    this.unknownSampling = unknownSampling(parts.connection.kind);
    const thinking = parts.raw === null ? parts.thinking : parts.raw.thinking;
    if (thinking !== null) this.thinking = thinking;
    if (parts.raw === null) this.renderedBy = 'server';
  }

  async render(messages: readonly Message[], thinking?: ThinkingMode): Promise<string> {
    if (this.#disposed.signal.aborted) throw new FailureError(gone);
    const { raw } = this.#parts;
    if (raw !== null) return raw.template.render(messages, thinking);
    return messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent, void, undefined> {
    const events = this.#answer(request, AbortSignal.any([signal, this.#disposed.signal]));
    try {
      for (;;) {
        const step = await events.next();
        if (step.done === true) return;
        yield step.value;
        signal.throwIfAborted();
      }
    } catch (thrown) {
      if (signal.aborted) yield { type: 'cancelled' };
      else yield { type: 'failed', failure: this.#disposed.signal.aborted ? gone : toFailure(thrown) };
    } finally {
      // Not awaited: who cancels is answered at once, and the connection is closed after that.
      void events.return().catch(() => undefined);
    }
  }

  absence(signal: AbortSignal): Promise<Failure | null> {
    return this.#parts.absence(signal);
  }

  dispose(): Promise<void> {
    this.#disposed.abort();
    this.#parts.raw?.template.dispose();
    return Promise.resolve();
  }

  /** Throws where it fails, and where the signal is aborted. */
  async *#answer(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent, void, undefined> {
    signal.throwIfAborted();
    const { connection, gate, raw } = this.#parts;
    let question: Question;
    if (raw === null) {
      question = {
        path: '/v1/chat/completions',
        body: { ...this.#settings(request), ...this.#thinking(request), messages: request.messages },
      };
    } else {
      const ids = await raw.tokenise(request.prompt ?? '', signal);
      yield { type: 'prompt', tokens: ids.length, tokenIdsHash: sha256Hex(ids.join(',')) };
      this.#mustFit(ids.length, request.maxTokens);
      question = { path: '/v1/completions', body: { ...this.#settings(request), prompt: ids } };
    }
    const thinking = new ThinkingText();
    let output = '';
    let firstTokenMs: number | null = null;
    let lastMs = 0;
    let usage: Usage | null = null;
    let answeredBy = '';
    let reason: string | null = null;
    for await (const chunk of ask(connection, gate, question, signal)) {
      answeredBy = chunk.model ?? answeredBy;
      usage = chunk.usage ?? usage;
      reason = chunk.finish ?? reason;
      const text = thinking.add(chunk);
      if (text === '') continue;
      firstTokenMs ??= chunk.ms;
      lastMs = chunk.ms;
      output += text;
      yield { type: 'token', text };
    }
    const finish = finishOf(reason, usage, request.maxTokens);
    const closing = finish === 'stop' ? thinking.close() : '';
    if (closing !== '') yield { type: 'token', text: closing };
    yield {
      type: 'done',
      output: output + closing,
      finish,
      usage,
      timing: { firstTokenMs: firstTokenMs ?? 0, decodeMs: lastMs - (firstTokenMs ?? 0) },
      ...(answeredBy === '' ? {} : { answeredBy: publicName(answeredBy) }),
    };
  }

  #settings({ maxTokens, sampling }: GenerateRequest): Readonly<Record<string, unknown>> {
    const { connection, wireName } = this.#parts;
    return {
      model: wireName,
      ...samplingFields(connection.kind, sampling),
      max_tokens: maxTokens,
      stream: true,
      stream_options: { include_usage: true },
      // Else the time to the first token depends on which question was asked before.
      ...(connection.kind === 'llama-server' ? { cache_prompt: false } : {}),
    };
  }

  #thinking({ thinking }: GenerateRequest): Readonly<Record<string, unknown>> {
    return thinking === undefined || this.thinking !== 'server'
      ? {}
      : thinkingFields(this.#parts.connection.kind, thinking);
  }

  #mustFit(prompt: number, budget: number): void {
    if (this.contextLength === 0 || prompt + budget <= this.contextLength) return;
    throw new FailureError(failure('context-exceeded', `${prompt} + ${budget} > ${this.contextLength}`));
  }
}

/** The model is gone as a dead worker's is: a run that still needs it loads it again. */
const gone = failure('worker-died', 'the connection to the server was closed');

function finishOf(reason: string | null, usage: Usage | null, maxTokens: number): FinishReason {
  if (reason === 'abort' || reason === 'error')
    throw new FailureError(failure('answer-broken', `finished by ${reason}`));
  if (reason === null && usage !== null) return usage.outputTokens >= maxTokens ? 'length' : 'stop';
  return reason === 'length' || reason === 'max_tokens' ? 'length' : 'stop';
}
