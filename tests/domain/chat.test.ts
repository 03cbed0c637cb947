import { expect, it } from 'vitest';
import type { ChatTurn, ModelRef, Reply } from '#domain';
import { chatMessages, isHiddenChat, saidIn, speakerKey } from '#domain/chat';
import { runHeader } from '../fixtures/runs.ts';

const a: ModelRef = runHeader('.').spec.model;
const b: ModelRef = { ...a, id: 'b' };

function reply(model: ModelRef, output: string): Reply {
  return { model, device: 'wasm', prompt: '', output, end: { kind: 'stopped' } };
}

function turn(question: string, ...replies: Reply[]): ChatTurn {
  return { question, maxTokens: 1, replies, preferred: null };
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
  expect(saidIn('<think>hm</think> x <think>so</think>y')).toBe('x y');
  expect(saidIn('<think>never closed')).toBe('');
});

it('hides the names of a blind conversation until a reply is preferred', () => {
  const open = turn('one', reply(a, 'A1'), reply(b, 'B1'));
  expect(isHiddenChat({ blind: true, turns: [open] })).toBe(true);
  expect(isHiddenChat({ blind: true, turns: [open, { ...open, preferred: 1 }] })).toBe(false);
  expect(isHiddenChat({ blind: false, turns: [open] })).toBe(false);
});
