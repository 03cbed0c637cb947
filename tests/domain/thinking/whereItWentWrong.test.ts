import { describe, expect, it } from 'vitest';
import type { Gold, Verdict } from '#domain';
import { grade } from '#domain/grading';
import { whereItWentWrong, type ThinkingInput } from '#domain/thinking';

const PASSAGE = 'RMB’000\t2024\t2023\nRevenue\t58,159,881\t53,529,105\nProfit\t4,159,227\t2,138,664';
const GOLD: Gold = { value: '58159881', unit: 'CNY:thousand' };
const QUESTION = 'What was the revenue in 2024, in RMB thousand?';

interface Asked {
  readonly gold?: Gold;
  readonly passage?: string | null;
  readonly question?: string;
  readonly finish?: 'stop' | 'length';
}

/** By the verdict that the graders give, as on the page. */
async function findings(output: string, asked: Asked = {}) {
  const { gold = GOLD, passage = PASSAGE, question = QUESTION, finish = 'stop' } = asked;
  const input = { output, gold, question, language: 'en', finish, ...(passage === null ? {} : { passage }) } as const;
  const { verdict } = await grade(input);
  return { verdict, found: whereItWentWrong({ output, verdict, gold, question, passage }) };
}

const kinds = (found: ReturnType<typeof whereItWentWrong>) => found.map(({ bucket, text }) => [bucket, text]);

describe('where it went wrong', () => {
  it('the gold was reached and abandoned: the last place that states it', async () => {
    const output =
      '<think>The revenue is 58,159,881. Hmm, or was it 2023? Revenue 2023 was 53,529,105.</think>The answer is 53,529,105.';
    const { found } = await findings(output);
    expect(kinds(found)).toEqual([
      ['gold-abandoned', '58,159,881'],
      ['wrong-row-or-year', '53,529,105'],
    ]);
    for (const { span, text } of found) expect(output.slice(span.start, span.end)).toBe(text);
    expect(found[1]?.span.start).toBe(output.indexOf('53,529,105'));
  });

  it('a row that is copied states nothing', async () => {
    const copied = '<think>Revenue\t58,159,881\t53,529,105\nI take the last.</think>The answer is 53,529,105.';
    expect(kinds((await findings(copied)).found)).toEqual([['wrong-row-or-year', '53,529,105']]);
  });

  it('reached in another scale, and in Chinese', async () => {
    const output = '<think>2024年收入为581.6亿元。等等，应该看2023年，535.3亿元。</think>答案是535.29亿元。';
    expect(kinds((await findings(output)).found)[0]).toEqual(['gold-abandoned', '581.6亿元']);
  });

  it('a number that is not in the passage, and no step gives', async () => {
    const output = '<think>Revenue 2024 reads 58,195,881 here.</think>The answer is 58,195,881.';
    expect(kinds((await findings(output)).found)).toEqual([['not-in-passage', '58,195,881']]);
    const rounded = '<think>Revenue is about 582 or 5816 or 535.29.</think>The answer is 53,529,105.';
    expect(kinds((await findings(rounded)).found).filter(([bucket]) => bucket === 'not-in-passage')).toEqual([]);
    const stepped = '<think>58,159,881 - 53,529,105 = 4,630,776</think>The answer is 4,630,776.';
    expect(kinds((await findings(stepped)).found)).toEqual([]);
  });

  it('a false step, with what it comes to', async () => {
    const asked = { gold: { value: '36', unit: '' }, passage: null, question: 'What is 12 × 3?' };
    const { found } = await findings('<think>12 × 3 = 35. Done.</think>The answer is 35.', asked);
    expect(found).toEqual([{ bucket: 'false-step', span: { start: 7, end: 18 }, text: '12 × 3 = 35', right: '36' }]);
  });

  it('the budget ran out: the end of the thinking', async () => {
    const asked = { finish: 'length', gold: { value: '36', unit: '' }, passage: null } as const;
    const { found, verdict } = await findings('<think>Let me see. First I', asked);
    expect(verdict.kind).toBe('truncated');
    expect(kinds(found)).toEqual([['budget', 'Let me see. First I']]);
  });

  it('texts and letters as golds', async () => {
    const gold = { value: 'Tencent Holdings', unit: 'text' };
    const text = '<think>So it is tencent holdings. But no.</think>Answer: Alibaba';
    expect(kinds((await findings(text, { gold })).found)[0]).toEqual(['gold-abandoned', 'tencent holdings']);
    const choice = { gold: { value: 'B', unit: 'choice' }, passage: null, question: 'Which?\nA. one\nB. two' };
    const letters = '<think>Because it is Big. So the answer is B. No.</think>The answer is A.';
    const { found } = await findings(letters, choice);
    expect(kinds(found)).toEqual([['gold-abandoned', 'B']]);
    expect(found[0]?.span.start).toBe(letters.indexOf('B. No'));
  });

  it('finds nothing for a right answer, nor where nothing was thought', async () => {
    expect((await findings('<think>12 × 3 = 35</think>The answer is 58,159,881.')).found).toEqual([]);
    expect((await findings('The revenue is 58,159,881; no, 12 × 3 = 35. The answer is 35.')).found).toEqual([]);
    expect((await findings('<think>\n\n</think>\n\nThe answer is 35.')).found).toEqual([]);
  });
});

it('never throws, and ends soon on 100 kB of anything', () => {
  const verdict: Verdict = { kind: 'truncated', where: 'thinking', notes: [] };
  const input: ThinkingInput = { output: '', verdict, gold: GOLD, question: QUESTION, passage: PASSAGE };
  for (const unit of ['58,159,881 is ', '1+1=3 ', '(', '是', '\0', '<think>', '\ud800', '9', '=1', 'is 12 or ']) {
    const output = `<think>${unit.repeat(Math.ceil(100_000 / unit.length))}`;
    const began = performance.now();
    whereItWentWrong({ ...input, output });
    expect(performance.now() - began, unit).toBeLessThan(3_000);
  }
});
