import { expect, it } from 'vitest';
import {
  decodeIds,
  runItem,
  type Attempt,
  type GenerateEvent,
  type ItemPorts,
  type LoadedModel,
  type RunSpec,
} from '#domain';
import { runHeader } from '../../fixtures/runs.ts';
import { sampleSuite } from '../../fixtures/sampleSuite.ts';

const ports: ItemPorts = {
  clock: { now: () => '2026-01-01T00:00:00.000Z', elapsed: () => 0 },
  isHidden: () => false,
  grade: () =>
    Promise.resolve({
      verdict: { kind: 'noAnswer', reason: 'nothing-found', notes: [] },
      grader: { id: 'none', version: '1' },
    }),
};

async function asked(events: readonly GenerateEvent[], spec: Partial<RunSpec> = {}): Promise<Attempt> {
  const suite = sampleSuite();
  const [item] = suite.items;
  if (item === undefined) throw new Error('the suite has no item');
  const header = runHeader('.', { spec: { ...spec, itemIds: [item.id] } });
  const model: LoadedModel = {
    environment: header.environment,
    contextLength: 2048,
    templateHash: null,
    render: () => Promise.resolve('prompt'),
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is known already
    generate: async function* () {
      yield* events;
    },
    dispose: () => Promise.resolve(),
  };
  const steps = runItem(
    { runId: 'r', spec: header.spec, suite, item, index: 0 },
    model,
    ports,
    new AbortController().signal,
  );
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

function idsOf(attempt: Attempt): readonly number[] | null {
  if (attempt.kind === 'cancelled') throw new Error('cancelled');
  return attempt.record.outputIds === undefined ? null : decodeIds(attempt.record.outputIds);
}

const done: GenerateEvent = {
  type: 'done',
  output: 'ab',
  finish: 'stop',
  usage: { promptTokens: 1, outputTokens: 4 },
  timing: { firstTokenMs: 0, decodeMs: 0 },
};

it('keeps the ids of all events with the answer', async () => {
  const events: GenerateEvent[] = [
    { type: 'token', text: 'a', ids: [5] },
    { type: 'token', text: 'b', tokens: 2, ids: [600, 70_000] },
    done,
  ];
  expect(idsOf(await asked(events))).toEqual([5, 600, 70_000]);
});

it('keeps those of an answer that a budget has cut, and no more', async () => {
  const thinking = { mode: 'on', budget: 2, control: 'template' } as const;
  const events: GenerateEvent[] = [
    { type: 'token', text: '<think>', ids: [1] },
    { type: 'token', text: 'x', ids: [2] },
    { type: 'token', text: 'y', ids: [3] },
    done,
  ];
  const attempt = await asked(events, { thinking });
  expect(idsOf(attempt)).toEqual([1, 2]);
  expect(attempt).toMatchObject({ record: { finish: 'length', output: '<think>x' } });
});

it('keeps none where the engine tells none, or failed', async () => {
  expect(idsOf(await asked([{ type: 'token', text: 'ab' }, done]))).toBeNull();
  const failed = { code: 'gpu-error', detail: '', retryable: true } as const;
  expect(
    idsOf(
      await asked([
        { type: 'token', text: 'a', ids: [5] },
        { type: 'failed', failure: failed },
      ]),
    ),
  ).toBeNull();
});
