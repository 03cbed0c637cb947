/** Whole runs of a suite, as the page makes them: the engine in its worker, the graders, results in IndexedDB. */
import { runSuite, suiteRef, type LoadedModel, type ModelRef, type RunHeader, type Suite } from '#domain';
import { grade } from '#domain/grading';
import { indexedDbResultStore } from '#storage';

export interface AnswerFacts {
  readonly tokenIdsHash: string | null;
  readonly output: string;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly firstTokenMs: number;
  readonly decodeMs: number;
}

export interface RunFacts {
  readonly seconds: number;
  readonly state: string;
  readonly answers: readonly AnswerFacts[];
  /** From the first token that the page heard until the last item was stored, in milliseconds. */
  readonly pageDecodeMs: number;
}

const store = indexedDbResultStore('bench');
let lastId = 0;

export async function runOnce(model: LoadedModel, ref: ModelRef, suite: Suite): Promise<RunFacts> {
  const header = newHeader(model, ref, suite);
  const clock = { now: () => new Date().toISOString(), elapsed: () => performance.now() };
  const ports = { clock, isHidden: () => document.hidden, grade, store };
  const session = { header, suite, model, reload: () => Promise.reject(new Error('a bench loads no second model')) };
  const answers: AnswerFacts[] = [];
  let heard: number | null = null;
  let stored = 0;
  let end = header;
  for await (const event of runSuite(session, ports, new AbortController().signal)) {
    if (event.type === 'token') heard ??= performance.now();
    if (event.type === 'ended') end = event.header;
    if (event.type !== 'answered') continue;
    stored = performance.now();
    const { tokenIdsHash, output, usage, timing } = event.record;
    if (usage === null || timing === null) throw new Error(`no figures: ${JSON.stringify(event.record.verdict)}`);
    answers.push({ tokenIdsHash, output, ...usage, ...timing });
  }
  await store.deleteRun(header.id);
  return { seconds: end.seconds, state: end.state.kind, answers, pageDecodeMs: stored - (heard ?? stored) };
}

function newHeader(model: LoadedModel, ref: ModelRef, suite: Suite): RunHeader {
  const now = new Date().toISOString();
  return {
    schema: 1,
    id: `bench${(lastId += 1)}`,
    spec: {
      suite: suiteRef(suite),
      itemIds: suite.items.map((item) => item.id),
      promptVariant: 'plain',
      model: ref,
      sampling: { kind: 'greedy' },
      maxTokens: suite.maxTokens,
      contextLength: model.contextLength,
      renderedBy: 'tabeval',
      templateHash: model.templateHash,
    },
    environment: model.environment,
    state: { kind: 'running' },
    startedAt: now,
    updatedAt: now,
    seconds: 0,
    decodedTokens: 0,
    decodeMs: 0,
    verdicts: '.'.repeat(suite.items.length),
  };
}
