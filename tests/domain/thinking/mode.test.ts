import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runThinking, thinkingInTemplate, thinkingVariables, usualThinkingBudget } from '#domain';

const ours = new URL('../../fixtures/chatTemplates/', import.meta.url);
const official = new URL('../../../../shared/data/chat-templates/', import.meta.url);
const absent = existsSync(official) ? '' : ' (skipped: ../shared/data/chat-templates is not here)';
const source = (name: string, folder: URL): string => readFileSync(new URL(`${name}.jinja`, folder), 'utf8');

describe('what a template says of thinking', () => {
  test.each([
    ['switched-thinking', 'template'],
    ['forced-thinking', 'always'],
    ['default-system', null],
    ['dated', null],
    ['one-line', null],
    ['system-in-user', null],
  ])('%s: %s', (name, expected) => {
    expect(thinkingInTemplate(source(name, ours))).toBe(expected);
  });

  test.skipIf(absent !== '').each([
    ['qwen3', 'template'],
    ['qwen3.5', 'template'],
    ['deepseek-r1-distill', 'always'],
    ['qwen2.5', null],
    ['llama-3.1', null],
    ['phi-3.5-mini', null],
    ['phi-4-mini', null],
  ])(`official: %s: %s${absent}`, (name, expected) => {
    expect(thinkingInTemplate(source(name, official))).toBe(expected);
  });

  test.each([
    ['Granite', '{%- if thinking %}Think.{%- endif %}', { thinking: true }],
    ['DeepSeek V3.1', '{% if not thinking is defined %}{% set thinking = false %}{% endif %}', { thinking: true }],
    ['Qwen3', '{%- if enable_thinking is defined and enable_thinking is false %}', { enable_thinking: true }],
    ['none', "{{ '<|im_start|>assistant' }} We were thinking of you.", {}],
  ])('the variables of %s', (_, template, on) => {
    expect(thinkingVariables(template, 'on')).toEqual(on);
    const off = Object.fromEntries(Object.keys(on).map((name) => [name, false]));
    expect(thinkingVariables(template, 'off')).toEqual(off);
  });
});

test('a run thinks as was wished, within the budget that was wished', () => {
  expect(runThinking('template', { mode: 'off', budget: 10 })).toEqual({ mode: 'off', control: 'template' });
  expect(runThinking('server', { mode: 'on', budget: 10 })).toEqual({ mode: 'on', budget: 10, control: 'server' });
});

test('a model that always thinks is not said to have thinking off', () => {
  expect(runThinking('always', { mode: 'off', budget: 10 })).toEqual({ mode: 'on', budget: 10, control: 'always' });
});

test.each([
  [0, 2048],
  [32_768, 2048],
  [4_096, 2048],
  [2_048, 1024],
  [1, 1],
])('in a context of %i tokens thinking gets %i where nobody said', (context, budget) => {
  expect(usualThinkingBudget(context)).toBe(budget);
});
