/** Several items at once, as servers are asked. That one at a time stays as it was, runSuite.test.ts says. */
import { describe, expect, it } from 'vitest';
import {
  failure,
  FailureError,
  runSuite,
  type Grade,
  type LoadedModel,
  type ResultStore,
  type RunEvent,
} from '#domain';
import { memoryResultStore } from '#storage';
import { says, scriptedEngine, type Scenario } from '../../src/engines/scripted/index.ts';
import { plainSuite } from '../fixtures/plainSuite.ts';
import { runHeader } from '../fixtures/runs.ts';

const COUNT = 12;

const suite = plainSuite(
  Array.from({ length: COUNT }, (_, n) => ({
    id: `i${n}`,
    question: `question ${n}?`,
    gold: { value: `answer ${n}`, unit: 'text' },
    proof: { kind: 'stated' },
  })),
);

const grade: Grade = ({ output, gold }) => {
  const extraction = {
    answer: { span: { start: 0, end: output.length }, text: output },
    commitment: 'whole-output' as const,
    rejected: [],
    notes: [],
  };
  const correct = output === gold.value;
  return Promise.resolve({
    verdict: correct
      ? { kind: 'graded', correct, ...extraction }
      : { kind: 'graded', correct, reason: 'wrong-value', ...extraction },
    grader: { id: 'equal', version: '1' },
  });
};

const numberOf = (prompt: string): number => Number(/question (\d+)\?/.exec(prompt)?.[1]);

/** The later an item comes, the sooner it is answered: answers arrive in the wrong order. */
const backwards: Scenario['answer'] = ({ prompt }) => {
  const n = numberOf(prompt);
  return { tokens: ['answer ', String(n)], delayMs: 2 + 3 * (COUNT - n) };
};

async function run(
  scenario: Scenario,
  concurrency: number,
  store: ResultStore = memoryResultStore(),
  onEvent: (event: RunEvent, stop: () => void) => void = () => undefined,
) {
  const from = runHeader('.'.repeat(COUNT));
  const engine = scriptedEngine(scenario);
  const controller = new AbortController();
  const counts = { loads: 0, atOnce: 0, most: 0 };
  const load = async (): Promise<LoadedModel> => {
    counts.loads += 1;
    const { model } = from.spec;
    return engine.load({ model, device: 'scripted', onProgress: () => undefined }, controller.signal);
  };
  let current = await load();
  const session = {
    header: from,
    suite,
    model: current,
    reload: async () => {
      await current.dispose();
      return (current = await load());
    },
    concurrency,
  };
  const clock = { now: () => new Date().toISOString(), elapsed: () => performance.now() };
  const events: RunEvent[] = [];
  const begun = performance.now();
  for await (const event of runSuite(session, { store, clock, grade, isHidden: () => false }, controller.signal)) {
    events.push(event);
    if (event.type === 'asking') counts.most = Math.max(counts.most, ++counts.atOnce);
    if (event.type === 'answered') counts.atOnce -= 1;
    onEvent(event, () => controller.abort());
  }
  const last = events.at(-1);
  if (last?.type !== 'ended') throw new Error(`the last event is ${last?.type}`);
  const records = await store.listItems(from.id);
  return { events, header: last.header, records, counts, seconds: (performance.now() - begun) / 1000 };
}

describe('several items at once', () => {
  it('each answer lands at its own place, in whatever order they come', async () => {
    const { events, header, records, counts } = await run({ answer: backwards }, 6);
    const order = events.flatMap((e) => (e.type === 'answered' ? [e.record.index] : []));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    expect(header.verdicts).toBe('c'.repeat(COUNT));
    expect(records.map(({ itemId, output }) => [itemId, output])).toEqual(
      suite.items.map(({ id }, n) => [id, `answer ${n}`]),
    );
    expect(counts.most).toBe(6);
  });

  it('is what one at a time gives', async () => {
    const [one, many] = [await run({ answer: backwards }, 1), await run({ answer: backwards }, 16)];
    expect(one.counts.most).toBe(1);
    const texts = (records: typeof one.records) => records.map(({ index, prompt, output }) => [index, prompt, output]);
    expect(texts(many.records)).toEqual(texts(one.records));
  });

  it('counts each second once', async () => {
    const { header, seconds } = await run({ answer: backwards }, 6);
    const spent = header.seconds - runHeader('.').seconds;
    expect(spent).toBeLessThanOrEqual(seconds);
    expect(spent).toBeGreaterThan(0);
  });

  it('an item that fails is unscored, the others go on', async () => {
    const broken = failure('answer-broken', 'cut');
    const { header, counts } = await run(
      { answer: (q) => (numberOf(q.prompt) % 3 === 0 ? says('', { end: { fail: broken } }) : backwards(q)) },
      4,
    );
    expect(header.verdicts).toBe('uccuccuccucc');
    expect(header.state.kind).toBe('finished');
    expect(counts.loads).toBe(1);
  });

  it.each([1, 4])('an answer that breaks off is asked once more, after all the others (%s at once)', async (atOnce) => {
    const broken = failure('answer-broken', 'cut');
    const asked = new Map<number, number>();
    const { header, records, events } = await run(
      {
        answer: (q) => {
          const n = numberOf(q.prompt);
          asked.set(n, (asked.get(n) ?? 0) + 1);
          // The last one is cut each time.
          const cut = n % 3 === 0 && (asked.get(n) === 1 || n === 9);
          return cut ? says('', { end: { fail: broken } }) : backwards(q);
        },
      },
      atOnce,
    );
    expect(header.verdicts).toBe('cccccccccucc');
    expect(header.state.kind).toBe('finished');
    expect(records).toHaveLength(COUNT);
    expect([...asked.entries()].filter(([, times]) => times > 1).sort(([a], [b]) => a - b)).toEqual([
      [0, 2],
      [3, 2],
      [6, 2],
      [9, 2],
    ]);
    const order = events.flatMap((event) => (event.type === 'answered' ? [event.record.index] : []));
    expect(order.slice(COUNT).sort((a, b) => a - b)).toEqual([0, 3, 6, 9]);
  });

  it('a worker that dies under four items is replaced once, and all of them are asked again', async () => {
    const scenario: Scenario = {
      answer: (q) => (q.loadCount === 0 && numberOf(q.prompt) === 2 ? says('', { end: 'die' }) : backwards(q)),
    };
    const { header, counts } = await run(scenario, 4);
    expect(header.verdicts).toBe('c'.repeat(COUNT));
    expect(counts.loads).toBe(2);
  });

  it('stops at once; what was answered stands, the rest is pending', async () => {
    let answered = 0;
    const { header, records } = await run({ answer: backwards }, 4, memoryResultStore(), (event, stop) => {
      if (event.type === 'answered' && ++answered === 3) stop();
    });
    expect(header.state.kind).toBe('stopped');
    expect(records).toHaveLength(3);
    expect(header.verdicts.replaceAll('.', '')).toBe('ccc');
  });

  it('full storage ends the run with what it has', async () => {
    const store = memoryResultStore();
    let writes = 0;
    const full: ResultStore = {
      ...store,
      putItem: (header, item) =>
        ++writes > 5 ? Promise.reject(new FailureError(failure('storage-full', 'quota'))) : store.putItem(header, item),
    };
    const { header } = await run({ answer: backwards }, 4, full);
    expect(header.state).toMatchObject({ kind: 'failed', failure: { code: 'storage-full' } });
    expect(await store.listItems('run-1')).toHaveLength(5);
  });
});
