import { expect, test } from 'vitest';
import { pieces } from '../../src/engines/worker/pieces.ts';

/** A clock that the test sets, and what was sent. */
function stage(eachToken = false): {
  at: number;
  sent: [string, number][];
  add: (text: string, at: number) => void;
  end: () => string;
} {
  const state = { at: 0, sent: [] as [string, number][] };
  const out = pieces(({ text, tokens }) => state.sent.push([text, tokens]), { eachToken, now: () => state.at });
  return Object.assign(state, {
    add(text: string, at: number) {
      state.at = at;
      out.add({ text });
    },
    end: () => out.end(),
  });
}

test('the first token goes at once, those within a thirtieth of a second together', () => {
  const { add, end, sent } = stage();
  add('a', 0);
  add('b', 4);
  add('c', 8);
  add('d', 40);
  add('e', 44);
  expect(sent).toEqual([
    ['a', 1],
    ['bcd', 3],
  ]);
  expect(end()).toBe('abcde');
  expect(sent.at(-1)).toEqual(['e', 1]);
});

test('a slow model sends each token by itself', () => {
  const { add, end, sent } = stage();
  for (const [i, text] of ['x', 'y', 'z'].entries()) add(text, i * 100);
  expect(sent.map(([text]) => text)).toEqual(['x', 'y', 'z']);
  expect(end()).toBe('xyz');
  expect(sent).toHaveLength(3);
});

test('so does one whose reader counts tokens', () => {
  const { add, sent } = stage(true);
  add('a', 0);
  add('b', 1);
  expect(sent).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
});

test('ids come with the text that their tokens complete, and those without any text at the end', () => {
  const sent: unknown[] = [];
  const out = pieces((piece) => sent.push(piece), { eachToken: true, now: () => 0 });
  out.add({ text: '', ids: [7] });
  out.add({ text: '好', ids: [8] });
  out.add({ text: '', ids: [9] });
  expect(out.end()).toBe('好');
  expect(sent).toEqual([
    { text: '好', tokens: 2, ids: [7, 8] },
    { text: '', tokens: 1, ids: [9] },
  ]);
});
