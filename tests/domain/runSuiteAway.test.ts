/** A server that goes away in the middle of a run. What a server does before it is off, tests/engines/server.test.ts says. */
import { describe, expect, it } from 'vitest';
import { failure, FailureError, runSuite, type Failure, type LoadedModel, type RunEvent, type Waiting } from '#domain';
import { memoryResultStore } from '#storage';
import { says, scriptedEngine } from '../../src/engines/scripted/index.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const off = failure('server-off', 'nothing listens');

/** A server as the run sees it: `up` decides about each question and each probe. */
interface Server {
  up: boolean;
  /** What each question meets although the server is up. */
  readonly failing?: Failure;
  /** What a question meets while the server is down; default: no connection. */
  broken?: Failure;
  /** What loading the model anew meets, once the server is back. */
  changed?: Failure;
  readonly seen: { asked: number; probes: number; loads: number };
}

function server(change: Partial<Server> = {}): Server {
  return { up: true, seen: { asked: 0, probes: 0, loads: 0 }, ...change };
}

async function modelOn(there: Server): Promise<LoadedModel> {
  there.seen.loads += 1;
  if (there.changed !== undefined) throw new FailureError(there.changed);
  const engine = scriptedEngine({
    answer: () => {
      there.seen.asked += 1;
      const fail = there.failing ?? (there.up ? null : (there.broken ?? off));
      return says(fail === null ? 'x' : '', fail === null ? {} : { end: { fail } });
    },
  });
  const { model } = runHeader('.').spec;
  const inner = await engine.load(
    { model, device: 'scripted', onProgress: () => undefined },
    new AbortController().signal,
  );
  return {
    environment: inner.environment,
    contextLength: inner.contextLength,
    templateHash: inner.templateHash,
    render: (messages) => inner.render(messages),
    generate: (request, signal) => inner.generate(request, signal),
    dispose: () => inner.dispose(),
    absence: () => {
      there.seen.probes += 1;
      return Promise.resolve(there.up ? null : off);
    },
  };
}

const suite = sampleSuite();
const COUNT = suite.items.length;

async function run(
  there: Server,
  {
    waiting,
    concurrency = 1,
    onEvent = () => undefined,
  }: {
    readonly waiting?: Waiting;
    readonly concurrency?: number;
    readonly onEvent?: (event: RunEvent, stop: () => void) => void;
  },
) {
  const store = memoryResultStore();
  const header = runHeader('.'.repeat(COUNT), { seconds: 0 });
  const controller = new AbortController();
  const session = {
    header: { ...header, spec: { ...header.spec, itemIds: suite.items.map(({ id }) => id) } },
    suite,
    model: await modelOn(there),
    reload: () => modelOn(there),
    concurrency,
    ...(waiting === undefined ? {} : { waiting }),
  };
  const ports = {
    store,
    clock: { now: () => new Date().toISOString(), elapsed: () => performance.now() },
    isHidden: () => false,
    grade: () =>
      Promise.resolve({
        verdict: { kind: 'noAnswer' as const, reason: 'nothing-found' as const, notes: [] },
        grader: { id: 'none', version: '1' },
      }),
  };
  const events: RunEvent[] = [];
  for await (const event of runSuite(session, ports, controller.signal)) {
    events.push(event);
    onEvent(event, () => controller.abort());
  }
  const last = events.at(-1);
  if (last?.type !== 'ended') throw new Error(JSON.stringify(last));
  return { header: last.header, events, records: await store.listItems(header.id) };
}

/** Waits without waiting: `then` is called instead of each pause, with how many came before it. */
function patient(
  then: (tries: number) => 'try' | 'give-up',
  limitMs = Infinity,
): Waiting & { readonly pauses: number[] } {
  const pauses: number[] = [];
  return { pauses, limitMs: () => limitMs, next: (ms) => Promise.resolve(then(pauses.push(ms) - 1)) };
}

const kinds = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap(({ type }) => (type === 'away' || type === 'back' ? [type] : []));

describe('a server that goes away', () => {
  it('is waited for with longer and longer pauses; then the same item is asked again, and nothing is unscored', async () => {
    const there = server();
    const waiting = patient((tries) => {
      there.up = tries === 5;
      return 'try';
    });
    const { header, events } = await run(there, {
      waiting,
      onEvent: (event) => {
        if (event.type === 'answered' && event.record.index === 0) there.up = false;
      },
    });
    expect(header.verdicts).toBe('n'.repeat(COUNT));
    expect(header.state).toEqual({ kind: 'finished' });
    expect(waiting.pauses).toEqual([5_000, 10_000, 20_000, 30_000, 30_000, 30_000]);
    expect(kinds(events)).toEqual(['away', 'away', 'away', 'away', 'away', 'away', 'back']);
    // What came back is loaded like the first one.
    expect(there.seen.loads).toBe(2);
  });

  it('an answer that broke off because the server went away is made anew, and counted once', async () => {
    const there = server({ broken: failure('answer-broken', 'cut') });
    there.up = false;
    const { header, records } = await run(there, {
      waiting: patient(() => {
        there.up = true;
        return 'try';
      }),
    });
    expect(header.verdicts).toBe('n'.repeat(COUNT));
    expect(records.map(({ output }) => output)).toEqual(suite.items.map(() => 'x'));
  });

  it('given up: that item and those after it are unscored without a question; the run ends as finished', async () => {
    const there = server();
    const waiting = patient(() => 'give-up');
    const { header, records } = await run(there, {
      waiting,
      onEvent: (event) => {
        if (event.type === 'answered' && event.record.index === 0) there.up = false;
      },
    });
    expect(header.verdicts).toBe(`n${'u'.repeat(COUNT - 1)}`);
    expect(header.state).toEqual({ kind: 'finished' });
    expect(waiting.pauses).toHaveLength(1);
    expect(there.seen.asked).toBe(2);
    expect(records.at(-1)).toMatchObject({ verdict: { kind: 'unscored', failure: { code: 'server-off' } } });
    expect(records.at(-1)?.prompt).toContain('<user>');
  });

  it('a server that comes back after it was given up is asked again', async () => {
    const there = server();
    const { header } = await run(there, {
      waiting: patient(() => 'give-up'),
      onEvent: (event) => {
        if (event.type !== 'answered') return;
        there.up = event.record.index !== 0;
      },
    });
    expect(header.verdicts).toBe(`nu${'n'.repeat(COUNT - 2)}`);
  });

  it('the limit ends the wait; without a wait nothing is waited for', async () => {
    for (const waiting of [patient(() => 'try', 0), undefined]) {
      const there = server();
      there.up = false;
      const { header, events } = await run(there, waiting === undefined ? {} : { waiting });
      expect(header.verdicts).toBe('u'.repeat(COUNT));
      expect(header.state).toEqual({ kind: 'finished' });
      expect(kinds(events)).toEqual([]);
    }
  });

  it('items that fail at once share one wait and one reload', async () => {
    const there = server();
    there.up = false;
    const waiting = patient((tries) => {
      there.up = tries === 1;
      return 'try';
    });
    const { header, events } = await run(there, { waiting, concurrency: 3 });
    expect(header.verdicts).toBe('n'.repeat(COUNT));
    expect(kinds(events)).toEqual(['away', 'away', 'back']);
    expect(there.seen.loads).toBe(2);
  });

  it('a server that lives and fails is not waited for: its failures are the items’ own', async () => {
    const there = server({ failing: failure('server-error', '500') });
    const { header, events } = await run(there, { waiting: patient(() => 'give-up') });
    expect(header.verdicts).toBe('u'.repeat(COUNT));
    expect(header.state).toEqual({ kind: 'finished' });
    expect(kinds(events)).toEqual([]);
  });

  it('an item that brings the server down each time is given up after three', async () => {
    const there = server();
    const { header } = await run(there, {
      waiting: patient(() => {
        there.up = true;
        return 'try';
      }),
      onEvent: (event) => {
        if (event.type === 'asking') there.up = event.index !== 1;
      },
    });
    expect(header.verdicts).toBe(`nu${'n'.repeat(COUNT - 2)}`);
    expect(there.seen.asked).toBe(COUNT + 2);
  });

  it('a stop while it waits stops at once; the item stays pending', async () => {
    const there = server();
    there.up = false;
    const { header } = await run(there, {
      waiting: {
        limitMs: () => Infinity,
        next: (_, signal) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
      },
      onEvent: (event, stop) => {
        if (event.type === 'away') setTimeout(stop);
      },
    });
    expect(header.verdicts).toBe('.'.repeat(COUNT));
    expect(header.state).toEqual({ kind: 'stopped' });
  });

  it('a server that comes back as another one ends the run: the second half would not be made like the first', async () => {
    const there = server();
    const { header } = await run(there, {
      waiting: patient(() => {
        there.up = true;
        there.changed = failure('environment-changed', 'chat template');
        return 'try';
      }),
      onEvent: (event) => {
        if (event.type === 'answered') there.up = false;
      },
    });
    expect(header.state).toMatchObject({ kind: 'failed', failure: { code: 'environment-changed' } });
    expect(header.verdicts).toBe(`n${'.'.repeat(COUNT - 1)}`);
  });
});
