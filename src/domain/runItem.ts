import type { GenerateRequest, LoadedModel, Timing, Usage } from './engine.ts';
import { encodeIds } from './divergence/outputIds.ts';
import { failure, toFailure, type Failure } from './failure.ts';
import { opensThinking } from './extract/text/thinking.ts';
import { gradeInput } from './gradeInput.ts';
import type { GradeInput } from './graders/grader.ts';
import { sha256Hex } from './hash.ts';
import type { Clock, IsHidden } from './ports.ts';
import { messagesFor, type Message } from './prompt.ts';
import type { ItemRecord, RunSpec } from './run.ts';
import { samplingOfItem } from './sampling.ts';
import { Stopwatch } from './stopwatch.ts';
import type { Item, Suite } from './suite.ts';
import { ThinkingMeter, type ItemThinking } from './thinking/meter.ts';
import type { FinishReason, Verdict } from './verdict.ts';

/** A verdict with the grader that gave it. */
export interface Graded {
  readonly verdict: Verdict;
  readonly grader: { readonly id: string; readonly version: string };
}

/** The graders' registry; handed in so that its tables are loaded with the first run and not with the page. */
export type Grade = (input: GradeInput) => Promise<Graded>;

export interface ItemPorts {
  readonly clock: Clock;
  readonly isHidden: IsHidden;
  readonly grade: Grade;
}

/** What one attempt to ask an item came to. A cancelled attempt makes no verdict. */
export type Attempt =
  | { readonly kind: 'answered'; readonly record: ItemRecord }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly record: ItemRecord }
  | { readonly kind: 'cancelled' };

export type ItemEvent =
  | { readonly type: 'asking'; readonly index: number; readonly itemId: string; readonly prompt: string }
  | { readonly type: 'token'; readonly index: number; readonly text: string };

export interface ItemTask {
  readonly runId: string;
  readonly spec: RunSpec;
  readonly suite: Suite;
  readonly item: Item;
  /** Position in `spec.itemIds`. */
  readonly index: number;
}

interface Answer {
  readonly output: string;
  readonly finish: FinishReason;
  readonly usage: Usage | null;
  readonly timing: Timing;
  readonly thinking: ItemThinking | null;
  readonly answeredBy?: string;
}

/** Asks one item once and grades what comes back. Writes nothing. */
export async function* runItem(
  task: ItemTask,
  model: LoadedModel,
  ports: ItemPorts,
  signal: AbortSignal,
): AsyncGenerator<ItemEvent, Attempt> {
  const { item, suite, spec, index } = task;
  const hiddenBefore = ports.isHidden();
  const startedAt = ports.clock.now();
  let prompt = '';
  let tokenIdsHash: string | null = null;
  const outputIds: number[] = [];
  const record = (answer: Answer | null, graded: Graded): ItemRecord => ({
    schema: 1,
    runId: task.runId,
    index,
    itemId: item.id,
    prompt,
    promptHash: sha256Hex(prompt),
    tokenIdsHash,
    output: answer?.output ?? '',
    ...(answer === null || outputIds.length === 0 ? {} : { outputIds: encodeIds(outputIds) }),
    finish: answer?.finish ?? null,
    usage: answer?.usage ?? null,
    timing: answer?.timing ?? null,
    ...(answer?.thinking ? { thinking: answer.thinking } : {}),
    ...(answer?.answeredBy === undefined ? {} : { answeredBy: answer.answeredBy }),
    hidden: hiddenBefore || ports.isHidden(),
    ...graded,
    startedAt,
    endedAt: ports.clock.now(),
  });
  const failed = (f: Failure): Attempt => ({
    kind: 'failed',
    failure: f,
    record: record(null, { verdict: { kind: 'unscored', failure: f }, grader: { id: 'none', version: '1' } }),
  });
  const answered = async (answer: Answer): Promise<Attempt> => ({
    kind: 'answered',
    record: record(answer, await ports.grade(gradeInput(suite, item, { ...answer, prompt }))),
  });

  try {
    const messages = messagesFor(suite, item, spec.promptVariant);
    prompt = await model.render(messages, spec.thinking?.mode);
    yield { type: 'asking', index, itemId: item.id, prompt };
    const meter = new ThinkingMeter(opensThinking(prompt));
    const watch = new Stopwatch(ports.clock);
    let promptTokens: number | null = null;
    for await (const event of model.generate(requestFor(task, messages, prompt), signal)) {
      switch (event.type) {
        case 'prompt':
          tokenIdsHash = event.tokenIdsHash;
          promptTokens = event.tokens;
          break;
        case 'token':
          meter.add(event.text, event.tokens ?? 1);
          outputIds.push(...(event.ids ?? []));
          watch.token();
          yield { type: 'token', index, text: event.text };
          // Reading no further stops any engine.
          if (!signal.aborted && isSpent(spec, meter)) {
            return await answered({ ...cutAnswer(meter, promptTokens), timing: watch.timing });
          }
          break;
        case 'cancelled':
          return { kind: 'cancelled' };
        case 'failed':
          return failed(event.failure);
        case 'done':
          return await answered({ ...event, thinking: meter.end(event.finish, event.usage?.outputTokens ?? null) });
      }
    }
    return failed(failure('unexpected', 'the engine ended its stream without done, failed or cancelled'));
  } catch (thrown) {
    if (signal.aborted) return { kind: 'cancelled' };
    return failed(toFailure(thrown));
  }
}

/** Thinking and answer have a budget each; the engine only knows the sum. */
function requestFor({ spec, item }: ItemTask, messages: readonly Message[], prompt: string): GenerateRequest {
  const { thinking, maxTokens } = spec;
  return {
    messages,
    prompt,
    maxTokens: thinking?.mode === 'on' ? thinking.budget + maxTokens : maxTokens,
    sampling: samplingOfItem(spec.sampling, item.id),
    ...(thinking === undefined ? {} : { thinking: thinking.mode }),
  };
}

function isSpent({ thinking, maxTokens }: RunSpec, meter: ThinkingMeter): boolean {
  return thinking?.mode === 'on' && meter.isSpent({ thinking: thinking.budget, answer: maxTokens });
}

function cutAnswer(meter: ThinkingMeter, promptTokens: number | null): Omit<Answer, 'timing'> {
  return {
    output: meter.output,
    finish: 'length',
    usage: promptTokens === null ? null : { promptTokens, outputTokens: meter.tokens },
    thinking: meter.end('length', null),
  };
}
