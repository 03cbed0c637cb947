import { describe, expect, it } from 'vitest';
import { wilson, type Chat, type ChatTurn, type ModelRef, type Reply } from '#domain';
import {
  chatMessages,
  courseOf,
  isHiddenTurn,
  newestBelow,
  saidIn,
  speakerKey,
  spokenParts,
  standings,
  titleOf,
  versionsOf,
} from '#domain/chat';
import { runHeader } from '../fixtures/runs.ts';

const a: ModelRef = runHeader('.').spec.model;
const b: ModelRef = { ...a, id: 'b' };

function reply(model: ModelRef, output: string): Reply {
  return { model, device: 'wasm', sampling: { kind: 'greedy' }, prompt: '', output, end: { kind: 'stopped' } };
}

function turn(question: string, ...replies: Reply[]): ChatTurn {
  return { parent: null, question, maxTokens: 1, replies, preferred: null };
}

const keyOf = (model: ModelRef): string => speakerKey({ model, device: 'wasm' });

it('shows each model its own replies only, without their thinking', () => {
  const turns = [turn('one', reply(a, '<think>hm</think>A1'), reply(b, 'B1')), turn('two', reply(a, 'A2'))];
  expect(chatMessages({ system: 'Be brief.', turns }, keyOf(a), 'three')).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'one' },
    { role: 'assistant', content: 'A1' },
    { role: 'user', content: 'two' },
    { role: 'assistant', content: 'A2' },
    { role: 'user', content: 'three' },
  ]);
});

it('leaves out the turns that a model did not answer, so that question and reply go by turns', () => {
  const turns = [turn('one', reply(a, 'A1'), reply(b, '')), turn('two', reply(a, 'A2'))];
  expect(chatMessages({ system: ' ', turns }, keyOf(b), 'three')).toEqual([{ role: 'user', content: 'three' }]);
});

it('takes thinking out wherever it stands', () => {
  const said = (output: string, prompt = ''): string => saidIn({ output, prompt });
  expect(said('<think>hm</think> x <think>so</think>y')).toBe('x y');
  expect(said('<think>never closed')).toBe('');
  // The template has opened the block: the output begins inside it.
  expect(said('hm', '<assistant><think>\n')).toBe('');
  expect(said('hm</think>\n\nyes', '<assistant><think>\n')).toBe('yes');
});

it('cuts an output into what was thought and what was said, without the signs between them', () => {
  const parts = (output: string, prompt = '') =>
    spokenParts({ output, prompt }).map(({ kind, open, text }) => `${kind}${open ? ' …' : ''}: ${text}`);
  expect(parts('<think>\nhm\n</think>\n\nyes')).toEqual(['thinking: hm', 'said: yes']);
  expect(parts('hm', '<think>')).toEqual(['thinking …: hm']);
  expect(parts('<think>\n\n</think>\n\nyes')).toEqual(['said: yes']);
  expect(parts('[THINK]hm[/THINK]yes')).toEqual(['thinking: hm', 'said: yes']);
  expect(parts('<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>yes')).toEqual([
    'thinking: hm<|end|><|start|>assistant',
    'said: yes',
  ]);
  expect(parts('  a < b </p>')).toEqual(['said:   a < b </p>']);
  expect(parts('')).toEqual([]);
});

it('hides the names of a blind turn until the person has chosen', () => {
  const open = turn('one', reply(a, 'A1'), reply(b, 'B1'));
  expect(isHiddenTurn({ blind: true }, open)).toBe(true);
  expect(isHiddenTurn({ blind: true }, { ...open, preferred: 1 })).toBe(false);
  expect(isHiddenTurn({ blind: true }, { ...open, preferred: 'tie' })).toBe(false);
  expect(isHiddenTurn({ blind: false }, open)).toBe(false);
  expect(isHiddenTurn({ blind: true }, turn('alone', reply(a, 'A1')))).toBe(false);
});

describe('the tree of turns', () => {
  /** one → two → three, and beside "two" a second version with a turn of its own. */
  const turns = [
    turn('one'),
    { ...turn('two'), parent: 0 },
    { ...turn('three'), parent: 1 },
    { ...turn('two, changed'), parent: 0 },
    { ...turn('four'), parent: 3 },
  ];

  it('shows one course', () => {
    expect(courseOf({ turns }, 2).map(({ turn: { question } }) => question)).toEqual(['one', 'two', 'three']);
    expect(courseOf({ turns }, 4).map(({ place }) => place)).toEqual([0, 3, 4]);
    expect(courseOf({ turns }, null)).toEqual([]);
  });

  it('finds the versions of a turn, and where the newest course through one ends', () => {
    expect(versionsOf({ turns }, 0)).toEqual([1, 3]);
    expect(versionsOf({ turns }, null)).toEqual([0]);
    expect(newestBelow({ turns }, 1)).toBe(2);
    expect(newestBelow({ turns }, 0)).toBe(4);
  });

  it('is called by its first question, or as a person says', () => {
    expect(titleOf({ turns })).toBe('one');
    expect(titleOf({ turns, title: 'Mine' })).toBe('Mine');
  });
});

describe('standings', () => {
  const pair = (preferred: ChatTurn['preferred']): ChatTurn => ({
    ...turn('q', reply(a, '1'), reply(b, '2')),
    preferred,
  });
  const chat = (blind: boolean, ...turns: ChatTurn[]): Chat => ({
    schema: 2,
    id: 'x',
    startedAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    system: '',
    blind,
    turns,
    at: 0,
  });

  it('counts wins among the decided turns, ties apart, and leaves single replies out', () => {
    const alone: ChatTurn = { ...turn('q', reply(a, '1')), preferred: 0 };
    const [first, second] = standings([chat(true, pair(1), pair(1), pair(0), pair('tie'), pair(null), alone)], 'all');
    expect(first).toMatchObject({ model: b, wins: 2, decided: 3, ties: 1, chance: 0.5, interval: wilson(2, 3) });
    expect(second).toMatchObject({ model: a, wins: 1, decided: 3, ties: 1 });
  });

  it('counts blind choices alone where it is asked to', () => {
    const chats = [chat(true, pair(0)), chat(false, pair(1), pair(1))];
    expect(standings(chats, 'blind').map(({ wins, decided }) => [wins, decided])).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(standings(chats, 'all')[0]).toMatchObject({ model: b, wins: 2, decided: 3 });
  });

  it('has no interval where only ties were', () => {
    expect(standings([chat(true, pair('tie'))], 'blind')[0]).toMatchObject({
      decided: 0,
      interval: null,
      chance: null,
    });
  });
});
