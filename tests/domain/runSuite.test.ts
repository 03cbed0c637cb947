import { describe, expect, it } from 'vitest';
import {
  failure,
  FailureError,
  runSuite,
  type Engine,
  type Grade,
  type ItemRecord,
  type LoadedModel,
  type ResultStore,
  type RunEvent,
  type RunHeader,
} from '#domain';
import { byQuestion, says, scriptedEngine, type Scenario } from '../../src/engines/scripted/index.ts';
import { memoryResultStore } from '#storage';
import { plainSuite } from '../fixtures/plainSuite.ts';
import { runHeader } from '../fixtures/runs.ts';

/** Six items, two passages in turns: a-0, b-1, a-2, b-3, and two without a passage. */
const suite = plainSuite(
  ['a', 'b', 'a', 'b', null, null].map((passage, index) => ({
    id: `i${index}`,
    ...(passage === null ? {} : { passage }),
    question: `question ${index}?`,
    gold: { value: String(index), unit: '' },
    proof: { kind: 'expression', expression: String(index) },
  })),
  {
    prompt: { withPassage: { en: '{passage} {question}' }, withoutPassage: { en: '{question}' } },
    passages: ['a', 'b'].map((id) => ({ id, language: 'en', text: `passage ${id}` })),
  },
);

/** Right where the output is the gold; enough of a grader to see what was asked and stored. */
const grade: Grade = ({ output, gold }) => {
  const correct = output === gold.value;
  const extraction = {
    answer: { span: { start: 0, end: output.length }, text: output },
    commitment: 'whole-output' as const,
    rejected: [],
    notes: [],
  };
  return Promise.resolve({
    verdict: correct
      ? { kind: 'graded', correct, ...extraction }
      : { kind: 'graded', correct, reason: 'wrong-value', ...extraction },
    grader: { id: 'equal', version: '1' },
  });
};

/** Item n is answered by n; item 3 by something else. */
const answers: Scenario['answer'] = byQuestion(
  Object.fromEntries(suite.items.map(({ question }, n) => [question, n === 3 ? 'wrong' : String(n)])),
);

interface Ran {
  readonly events: readonly RunEvent[];
  readonly header: RunHeader;
  readonly records: readonly ItemRecord[];
  readonly store: ResultStore;
}

interface RunOptions {
  readonly from?: RunHeader;
  readonly store?: ResultStore;
  readonly onEvent?: (event: RunEvent, abort: () => void) => Promise<void> | void;
}

async function run(scenario: Scenario, options: RunOptions = {}): Promise<Ran> {
  const { from = runHeader('......'), store = memoryResultStore(), onEvent } = options;
  const engine = scriptedEngine(scenario);
  const controller = new AbortController();
  const model = await load(engine, controller.signal);
  const session = { header: from, suite, model, reload: (signal: AbortSignal) => load(engine, signal) };
  let ticks = 0;
  const clock = { now: () => new Date(1e12 + 1000 * ticks++).toISOString(), elapsed: () => 1000 * ticks };
  const events: RunEvent[] = [];
  for await (const event of runSuite(session, { store, clock, grade, isHidden: () => false }, controller.signal)) {
    events.push(event);
    await onEvent?.(event, () => controller.abort());
  }
  const last = events.at(-1);
  if (last?.type !== 'ended') throw new Error(`the last event is ${last?.type}`);
  return { events, header: last.header, records: await store.listItems(from.id), store };
}

function load(engine: Engine, signal: AbortSignal): Promise<LoadedModel> {
  const { model } = runHeader('.').spec;
  return engine.load({ model, device: 'scripted', onProgress: () => undefined }, signal);
}

/** A record without what the clock says. */
function timeless(record: ItemRecord): Omit<ItemRecord, 'startedAt' | 'endedAt' | 'timing'> {
  const { startedAt, endedAt, timing, ...rest } = record;
  expect([startedAt, endedAt, timing]).not.toContain(undefined);
  return rest;
}

const asked = (events: readonly RunEvent[]): string[] => events.flatMap((e) => (e.type === 'asking' ? [e.itemId] : []));

describe('runSuite', () => {
  it('asks items of one passage together, and keeps each at its place', async () => {
    const { events, header, records } = await run({ answer: answers });
    expect(asked(events)).toEqual(['i0', 'i2', 'i1', 'i3', 'i4', 'i5']);
    expect(header.verdicts).toBe('cccicc');
    expect(header.state).toEqual({ kind: 'finished' });
    expect(records.map((r) => r.itemId)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5']);
    expect(records[1]?.prompt).toBe('<user>passage b question 1?\n<assistant>');
  });

  it('stores an item before it announces it', async () => {
    const store = memoryResultStore();
    let announced = 0;
    await run(
      { answer: answers },
      {
        store,
        onEvent: async (event) => {
          if (event.type !== 'answered') return;
          announced += 1;
          expect(await store.getItem('run-1', event.record.index)).toEqual(event.record);
          expect((await store.getHeader('run-1'))?.verdicts).toBe(event.header.verdicts);
        },
      },
    );
    expect(announced).toBe(6);
  });

  it('a run that was stopped in the middle of an item goes on to the very same records', async () => {
    const whole = await run({ answer: answers });
    const slow: Scenario = { answer: (q) => ({ ...answers(q), delayMs: 5 }) };
    const stopped = await run(slow, {
      onEvent: (event, abort) => {
        if (event.type === 'token' && event.index === 1) abort();
      },
    });
    expect(stopped.header.state).toEqual({ kind: 'stopped' });
    expect(stopped.header.verdicts).toBe('c.c...');
    const resumed = await run({ answer: answers }, { from: stopped.header, store: stopped.store });
    expect(asked(resumed.events)).toEqual(['i1', 'i3', 'i4', 'i5']);
    expect(resumed.header.verdicts).toBe(whole.header.verdicts);
    expect(resumed.records.map(timeless)).toEqual(whole.records.map(timeless));
  });

  it('draws each item with a seed of its own, and the rest of a resumed run as it would have been drawn', async () => {
    const sampling = {
      kind: 'sampled',
      temperature: 1,
      topP: 1,
      topK: null,
      minP: 0,
      repetitionPenalty: 1,
      seed: 3,
    } as const;
    const drawing: Scenario['answer'] = (q) => {
      if (q.sampling.kind === 'greedy') throw new Error('greedy');
      return says(String(q.sampling.seed));
    };
    const from = runHeader('......', { spec: { sampling, maxTokens: 20 } });
    const whole = await run({ answer: drawing }, { from });
    expect(new Set(whole.records.map(({ output }) => output)).size).toBe(6);
    const stopped = await run(
      { answer: drawing },
      {
        from,
        onEvent: (event, abort) => {
          if (event.type === 'answered' && event.record.index === 2) abort();
        },
      },
    );
    const resumed = await run({ answer: drawing }, { from: stopped.header, store: stopped.store });
    expect(stopped.records.length).toBeLessThan(6);
    expect(resumed.records.map(timeless)).toEqual(whole.records.map(timeless));
    const next = runHeader('......', { spec: { sampling: { ...sampling, seed: 4 }, maxTokens: 20 } });
    const other = await run({ answer: drawing }, { from: next });
    const shared = other.records.filter(({ output }, n) => output === whole.records[n]?.output);
    expect(shared).toEqual([]);
  });

  it('survives a dead worker: a fresh one asks the item again, and nothing differs', async () => {
    const whole = await run({ answer: answers });
    const dying: Scenario = { answer: (q) => (q.count === 2 ? says('1', { end: 'die' }) : answers(q)) };
    const survived = await run(dying);
    expect(survived.events.filter((e) => e.type === 'retrying')).toHaveLength(1);
    expect(survived.records.map(timeless)).toEqual(whole.records.map(timeless));
  });

  it('an item that fails with a fresh worker too is unscored, never wrong; the run goes on', async () => {
    const lost = failure('device-lost', 'gone');
    const scenario: Scenario = {
      answer: (q) => (q.prompt.includes('question 1?') ? says('1', { end: { fail: lost } }) : answers(q)),
    };
    const { header, records } = await run(scenario);
    expect(header.verdicts).toBe('cucicc');
    expect(header.state.kind).toBe('finished');
    expect(records[1]?.verdict).toEqual({ kind: 'unscored', failure: lost });
    expect(records[1]?.output).toBe('');
  });

  it('asks unscored items again when the run is resumed', async () => {
    const { events, header } = await run({ answer: answers }, { from: runHeader('cuci.c') });
    expect(asked(events)).toEqual(['i1', 'i4']);
    expect(header.verdicts).toBe('cccicc');
  });

  it('a failure that would only repeat is not tried again', async () => {
    const { header, events } = await run({ answer: answers, contextLength: 45 });
    expect(header.verdicts).toBe('uuuucc');
    expect(events.some((e) => e.type === 'retrying')).toBe(false);
    expect(header.state.kind).toBe('finished');
  });

  it('ends as failed where no fresh worker can be had, and keeps what is finished', async () => {
    const scenario: Scenario = {
      answer: (q) => (q.count === 1 ? says('', { end: 'die' }) : answers(q)),
      load: (count) => (count === 0 ? {} : { fail: failure('out-of-memory', 'no room') }),
    };
    const { header, records } = await run(scenario);
    expect(header.state).toEqual({ kind: 'failed', failure: failure('out-of-memory', 'no room') });
    expect(header.verdicts).toBe('c.....');
    expect(records).toHaveLength(1);
  });

  it('gives up after three items in a row that no fresh worker could answer', async () => {
    const { header } = await run({ answer: () => says('', { end: 'die' }) });
    expect(header.verdicts).toBe('uuu...');
    expect(header.state).toMatchObject({ kind: 'failed', failure: { code: 'worker-died' } });
  });

  it('ends as failed where storage is full; what was stored before stands', async () => {
    const store = memoryResultStore();
    let writes = 0;
    const full: ResultStore = {
      ...store,
      putItem: (header, item) => {
        writes += 1;
        if (writes > 2) return Promise.reject(new FailureError(failure('storage-full', 'quota')));
        return store.putItem(header, item);
      },
    };
    const { header } = await run({ answer: answers }, { store: full });
    expect(header.state).toMatchObject({ kind: 'failed', failure: { code: 'storage-full' } });
    expect((await store.getHeader('run-1'))?.verdicts).toBe('c.c...');
    expect(await store.listItems('run-1')).toHaveLength(2);
  });
});
