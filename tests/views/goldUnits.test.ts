import { describe, expect, it } from 'vitest';
import { grade } from '#domain/grading';
import { UNIT_GROUPS } from '../../src/views/parts/goldUnits.ts';

const units = UNIT_GROUPS.flatMap(({ choices }) => choices.map(({ unit }) => unit));

/** What a Chinese answer in yuan says for each scale that a person may choose. */
const YUAN: Readonly<Record<string, string>> = {
  'CNY:one': '12元',
  'CNY:thousand': '12千元',
  'CNY:ten_thousand': '12万元',
  'CNY:million': '12百万元',
  'CNY:hundred_million': '12亿元',
  'CNY:billion': '12十亿元',
};

async function isRight(output: string, unit: string): Promise<boolean> {
  const gold = { value: '12', unit };
  const { verdict } = await grade({ output, gold, language: 'zh-Hans', finish: 'stop' });
  return verdict.kind === 'graded' && verdict.correct;
}

describe('the units that a person may choose', () => {
  it('holds every scale of yuan', () => {
    expect(units.filter((unit) => unit?.startsWith('CNY:')).sort()).toEqual(Object.keys(YUAN).sort());
  });

  it.each(Object.entries(YUAN))('%s: only its own scale is right', async (unit, words) => {
    expect(await isRight(words, unit)).toBe(true);
    for (const [other, otherWords] of Object.entries(YUAN)) {
      if (other !== unit) expect(await isRight(otherWords, unit)).toBe(false);
    }
  });
});
