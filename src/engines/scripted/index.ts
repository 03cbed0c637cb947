/** An engine without a model: it does what its scenario says, and keeps the whole contract of the port. For tests. */
import {
  failure,
  FailureError,
  sha256Hex,
  toFailure,
  type Engine,
  type Environment,
  type Failure,
  type GenerateEvent,
  type GenerateRequest,
  type LoadedModel,
  type Message,
  type ThinkingControl,
  type ThinkingMode,
} from '#domain';
import type { Question, Scenario, ScriptedAnswer } from './scenario.ts';
import { aborted, pause } from './waiting.ts';

export { byQuestion, says, thinks, type Scenario, type ScriptedAnswer } from './scenario.ts';

const ENVIRONMENT: Environment = {
  device: 'scripted',
  engine: { id: 'scripted', version: '1' },
  browser: 'none',
  os: 'none',
  threads: null,
  adapter: null,
  selfTest: { kind: 'unverified', reason: 'scripted' },
};

const CONTEXT = 100_000;

export function scriptedEngine(scenario: Scenario): Engine {
  const counts = { loads: 0, answers: 0 };
  return {
    id: 'scripted',
    async load({ onProgress }, signal) {
      signal.throwIfAborted();
      const loadCount = counts.loads++;
      const { delayMs = 0, fail } = scenario.load?.(loadCount) ?? {};
      onProgress({ phase: 'session' });
      await pause(delayMs, signal);
      signal.throwIfAborted();
      if (fail !== undefined) throw new FailureError(fail);
      return new ScriptedModel(scenario, () => ({ loadCount, count: counts.answers++ }));
    },
  };
}

class ScriptedModel implements LoadedModel {
  readonly environment: Environment;
  readonly contextLength: number;
  readonly templateHash = sha256Hex('scripted');
  readonly thinking?: ThinkingControl;
  readonly #scenario: Scenario;
  readonly #count: () => Pick<Question, 'count' | 'loadCount'>;
  #ended: Failure | null = null;

  constructor(scenario: Scenario, count: () => Pick<Question, 'count' | 'loadCount'>) {
    this.#scenario = scenario;
    this.#count = count;
    this.environment = { ...ENVIRONMENT, ...scenario.environment };
    this.contextLength = scenario.contextLength ?? CONTEXT;
    if (scenario.thinking !== undefined) this.thinking = scenario.thinking.control;
  }

  render(messages: readonly Message[], thinking?: ThinkingMode): Promise<string> {
    if (this.#ended !== null) return Promise.reject(new FailureError(this.#ended));
    const turns = messages.map((m) => `<${m.role}>${m.content}\n`);
    const opened = thinking === 'on' && this.#scenario.thinking?.opens === true ? '<think>\n' : '';
    const closed = thinking === 'off' && this.thinking === 'template' ? '<think>\n\n</think>\n\n' : '';
    return Promise.resolve(`${turns.join('')}<assistant>${opened}${closed}`);
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent, void, undefined> {
    if (signal.aborted) {
      yield { type: 'cancelled' };
      return;
    }
    try {
      yield* this.#answer(request, signal);
    } catch (thrown) {
      if (signal.aborted) yield { type: 'cancelled' };
      else yield { type: 'failed', failure: toFailure(thrown) };
    }
  }

  dispose(): Promise<void> {
    this.#ended ??= failure('worker-died', 'the model was disposed');
    return Promise.resolve();
  }

  /** Throws where it fails, and where the signal is aborted. */
  async *#answer(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent, void, undefined> {
    const { messages, prompt, maxTokens, sampling } = request;
    this.#mustLive();
    if (prompt === undefined) throw new FailureError(failure('invalid-input', 'this engine needs the rendered prompt'));
    const ids = [...prompt].map((character) => character.codePointAt(0));
    yield { type: 'prompt', tokens: ids.length, tokenIdsHash: sha256Hex(ids.join(',')) };
    if (ids.length + maxTokens > this.contextLength) {
      const detail = `${ids.length} + ${maxTokens} > ${this.contextLength}`;
      throw new FailureError(failure('context-exceeded', detail));
    }
    const answer = this.#scenario.answer({ messages, prompt, sampling, ...this.#count() });
    const said = answer.tokens.slice(0, maxTokens);
    const timing = { firstTokenMs: 0, decodeMs: 0 };
    for (const [index, text] of said.entries()) {
      const started = performance.now();
      await pause(answer.delayMs ?? 0, signal);
      this.#mustLive();
      timing[index === 0 ? 'firstTokenMs' : 'decodeMs'] += performance.now() - started;
      yield { type: 'token', text };
      signal.throwIfAborted();
    }
    const finish = await this.#end(answer, maxTokens, signal);
    const usage = { promptTokens: ids.length, outputTokens: said.length };
    yield { type: 'done', output: said.join(''), finish, usage, timing };
  }

  async #end({ tokens, end = 'stop' }: ScriptedAnswer, maxTokens: number, signal: AbortSignal) {
    if (tokens.length > maxTokens) return 'length';
    if (end === 'stop' || end === 'length') return end;
    if (end === 'hang') return aborted(signal);
    if (end === 'die') {
      this.#ended = failure('worker-died', 'the scenario says so');
      throw new FailureError(this.#ended);
    }
    throw new FailureError(end.fail);
  }

  #mustLive(): void {
    if (this.#ended !== null) throw new FailureError(this.#ended);
  }
}
