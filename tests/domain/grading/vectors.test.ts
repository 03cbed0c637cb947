import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCases } from '../../../tools/grade/cases.ts';
import { gradeCase } from '../../../tools/grade/outcome.ts';

const FIXTURES = new URL('../../fixtures/grading/', import.meta.url);

function load(name: string): ReturnType<typeof parseCases> {
  return parseCases(readFileSync(new URL(name, FIXTURES), 'utf8'), name);
}

/** Every file of cases but the one of GSM8K's solutions, which has a form of its own. */
const FILES = readdirSync(FIXTURES).filter((name) => name.endsWith('.jsonl') && name !== 'gsm8k.jsonl');

describe.each(FILES)('%s', (file) => {
  const cases = load(file);

  it('has a distinct id for each case', () => {
    expect(new Set(cases.map((c) => c.id)).size).toBe(cases.length);
  });

  it.each(cases.map((c) => [c.id, c] as const))('%s', async (_id, expected) => {
    const outcome = await gradeCase(expected);
    expect(outcome.got, `${expected.why}: took ${outcome.extracted}, said ${outcome.why}`).toBe(expected.verdict);
  });
});

describe('the given cases', () => {
  const given = new URL('../../../../shared/data/grading-vectors.jsonl', import.meta.url);
  it.skipIf(!existsSync(given))('are the ones in the fixtures', () => {
    expect(readFileSync(new URL('vectors.jsonl', FIXTURES), 'utf8')).toBe(readFileSync(given, 'utf8'));
  });
});
