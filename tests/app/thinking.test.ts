import { describe, expect, it } from 'vitest';
import { MOST_THINKING, type LoadedModel, type ModelCard, type ThinkingControl } from '#domain';
import type { JobRequest } from '../../src/app/job.ts';
import type { RunnerPorts } from '../../src/app/ports.ts';
import { newHeader } from '../../src/app/session.ts';
import { thinkingAbility } from '../../src/app/thinkingAbility.ts';
import { ThinkingSetup } from '../../src/app/thinkingSetup.svelte.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const { model: ref } = runHeader('.').spec;

function card(name: string, change: Partial<ModelCard> = {}): ModelCard {
  return { ref: { ...ref, id: name, name }, contextLength: 4096, parameters: null, bytes: 1, ...change };
}

const plain = card('Qwen2.5-0.5B-Instruct');
const qwen3 = card('qwen3-0.6b');
const r1 = card('DeepSeek-R1-Distill-Qwen-1.5B');

describe('whether a model thinks', () => {
  it('says its template, else its name, else nobody', () => {
    expect(thinkingAbility(card('folder/mine', { thinks: 'always' }))).toBe('always');
    expect(thinkingAbility({ ...qwen3, thinks: 'never' })).toBe('never');
    expect(thinkingAbility(qwen3)).toBe('switchable');
    expect(thinkingAbility(plain)).toBeNull();
  });
});

function header(model: ModelCard, control: ThinkingControl | undefined, thinking?: JobRequest['thinking']) {
  const loaded = {
    environment: runHeader('.').environment,
    contextLength: 4096,
    templateHash: null,
    ...(control === undefined ? {} : { thinking: control }),
  } as unknown as LoadedModel;
  const ports = { clock: { now: () => '2026-03-01T09:00:00.000Z' }, newId: () => 'id' } as unknown as RunnerPorts;
  const request = { model, suite: sampleSuite(), device: 'scripted', limit: null, resume: null } as const;
  const asked = thinking === undefined ? request : { ...request, thinking };
  return newHeader(asked, loaded, loaded.environment, ports).spec.thinking;
}

describe('the spec of a new run', () => {
  it('says nothing of thinking where the model cannot think', () => {
    expect(header(plain, undefined, { mode: 'on', budget: 5 })).toBeUndefined();
  });

  it('says nothing where a server could be told, and nothing says that its model can think', () => {
    expect(header(plain, 'server', { mode: 'on', budget: 5 })).toBeUndefined();
    expect(header(plain, 'unheard')).toBeUndefined();
    expect(header(card('qwen3-4b-instruct-2507'), 'server', { mode: 'on', budget: 5 })).toBeUndefined();
  });

  it('says what was wished, where a template or the name says that it can', () => {
    expect(header(plain, 'template', { mode: 'off', budget: 5 })).toEqual({ mode: 'off', control: 'template' });
    expect(header(qwen3, 'server', { mode: 'on', budget: 5 })).toEqual({ mode: 'on', budget: 5, control: 'server' });
    expect(header(qwen3, 'unheard', { mode: 'off', budget: 5 })).toEqual({ mode: 'off', control: 'unheard' });
  });

  it('gives a model that thinks its budget where nothing was wished: the answer must not pay for it', () => {
    expect(header(r1, 'always')).toEqual({ mode: 'on', budget: 2048, control: 'always' });
  });
});

describe('what the Run page offers', () => {
  const setup = (models: readonly ModelCard[], answer = 96): ThinkingSetup =>
    new ThinkingSetup(
      () => models,
      () => answer,
    );

  it('is nothing where no chosen model can think', () => {
    const thinking = setup([plain]);
    expect(thinking.thinkers).toEqual([]);
    expect(thinking.wish).toBeUndefined();
    thinking.budget = null;
    expect(thinking.valid).toBe(true);
  });

  it('is on and off where one can be told', () => {
    const thinking = setup([plain, qwen3, r1]);
    expect([thinking.mode, thinking.switchable]).toEqual(['on', true]);
    thinking.wanted = 'off';
    expect(thinking.wish).toEqual({ mode: 'off', budget: 2048 });
    // The one that always thinks still has a budget.
    expect(thinking.budgeted).toBe(true);
    expect(setup([qwen3]).budgeted).toBe(true);
  });

  it('is always on where none can be told', () => {
    const thinking = setup([r1]);
    thinking.wanted = 'off';
    expect([thinking.mode, thinking.switchable]).toEqual(['on', false]);
  });

  it('begins with a budget that leaves room, whatever the context, and keeps what was said', () => {
    const thinking = setup([card('qwen3-0.6b', { contextLength: 1_000 })]);
    expect([thinking.budget, thinking.valid]).toEqual([500, true]);
    thinking.budget = 40;
    expect(thinking.wish).toEqual({ mode: 'on', budget: 40 });
    expect(setup([{ ...qwen3, contextLength: 0 }]).budget).toBe(2048);
  });

  it.each([null, 0, -1, 1.5, 4_000])('refuses a budget of %s', (budget) => {
    const thinking = setup([qwen3]);
    thinking.budget = budget;
    expect(thinking.valid).toBe(false);
  });

  it('leaves room for the answer in the smallest context, and says which it is', () => {
    const small = card('qwen3-1.7b', { contextLength: 2_048 });
    expect(setup([qwen3, small], 96).most).toEqual({ tokens: 2_048 - 96 - 1, context: 2_048 });
    expect(setup([{ ...qwen3, contextLength: 0 }]).most).toEqual({ tokens: MOST_THINKING, context: null });
  });
});
