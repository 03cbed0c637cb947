import { describe, expect, it } from 'vitest';
import type { JobState } from '../../src/app/job.ts';
import { answersOf, letterOf, type Answer } from '../../src/views/question/answers.ts';
import { draftErrors, normalisedGold } from '../../src/views/parts/goldCheck.ts';
import { answersAsMarkdown } from '../../src/views/question/markdown.ts';
import { kindOf } from '../../src/views/parts/modelKinds.ts';
import { runHeader } from '../fixtures/runs.ts';

const draft = { passage: '', question: 'How much?', gold: '5', unit: '' };

describe('the expected answer', () => {
  it('is kept as a bare figure, however it is typed', () => {
    expect(normalisedGold(' 58,159,881 ', 'CNY:thousand')).toBe('58159881');
    expect(normalisedGold('５８，１５９', '')).toBe('58159');
    expect(normalisedGold('−5', '')).toBe('-5');
    expect(normalisedGold('12.5 %', 'percent')).toBe('12.5');
    expect(normalisedGold(' Tencent, Inc. ', 'text')).toBe('Tencent, Inc.');
  });

  it('is refused with a reason where no grader could read it', () => {
    const error = (gold: string, unit: string | null) => draftErrors({ ...draft, gold, unit }).gold;
    for (const [gold, unit] of [
      ['5', ''],
      ['1/3', ''],
      ['-57', 'HKD:million'],
      ['2024-12-31', 'date'],
      ['10-20', 'range'],
      ['anything', 'text'],
    ] as const) {
      expect(error(gold, unit)).toBe('');
    }
    for (const [gold, unit] of [
      ['', 'text'],
      ['about 5', ''],
      ['5.8亿', 'CNY:one'],
      ['31.12.2024', 'date'],
      ['10', 'range'],
      ['five', null],
    ] as const) {
      expect(error(gold, unit)).not.toBe('');
    }
    expect(draftErrors({ ...draft, question: ' ' }).question).not.toBe('');
    expect(draftErrors({ ...draft, passage: '字'.repeat(70_000) }).passage).not.toBe('');
  });
});

describe('the table of answers', () => {
  const { suite, model } = runHeader('c').spec;

  it('shows the latest run of each model and device, and the queue over them', () => {
    const old = runHeader('i', { id: 'old' });
    const late = runHeader('c', { id: 'late' });
    const other = runHeader('c', { id: 'other', spec: { suite: { ...suite, hash: 'other' } } });
    const imported = runHeader('n', { id: 'imported', origin: 'imported' });
    // Newest first, as the store lists them.
    const stored = answersOf(suite.hash, [late, old, other, imported], []);
    expect(stored.map(letterOf)).toEqual(['c']);
    const waiting: JobState = { kind: 'waiting' };
    const request = { model: { ref: model }, device: 'wasm' };
    const jobs = [{ key: 'k', request, state: waiting }] as unknown as Parameters<typeof answersOf>[2];
    expect(answersOf(suite.hash, [late, old], jobs).map(({ state }) => state.kind)).toEqual(['waiting']);
  });

  it('is copied as people write it by hand', async () => {
    const answer = (name: string, verdicts: string): Answer => ({
      key: name,
      model: { ...model, name },
      device: 'wasm',
      state: { kind: 'ended', header: runHeader(verdicts) },
    });
    const table = await answersAsMarkdown([
      answer('Qwen2.5-0.5B', 'i'),
      answer('DeepSeek-R1-Distill-Qwen2.5-1.5B', 'c'),
      answer('Qwen2.5-1.5B', 'c'),
      answer('Qwen2.5-Coder-0.5B', 't'),
      answer('Stopped', '.'),
      answer('Broken', 'u'),
    ]);
    expect(table).toBe(
      [
        '| Model type | Model | Result |',
        '| --- | --- | --- |',
        '| Language model | Qwen2.5-0.5B | ❌ |',
        '|         | Qwen2.5-1.5B | ✅ |',
        '|         | Broken | – |',
        '| Reasoning model | DeepSeek-R1-Distill-Qwen2.5-1.5B | ✅ |',
        '| Code model | Qwen2.5-Coder-0.5B | ❌ |',
        '',
      ].join('\n'),
    );
  });

  it('tells the kind of a model by its name', () => {
    expect(['Qwen/QwQ-32B-AWQ', 'DeepSeek-R1-Distill-Qwen2.5-7B'].map(kindOf)).toEqual(['reasoning', 'reasoning']);
    expect(['Qwen2.5-Coder-3B', 'SmolLM2-135M-Instruct'].map(kindOf)).toEqual(['code', 'language']);
  });
});
