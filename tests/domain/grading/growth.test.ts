import { describe, expect, it } from 'vitest';
import type { Gold } from '#domain';
import { graderFor } from '../../../src/domain/graders/index.ts';
import { HOSTILE } from '../../../tools/grade/hostile.ts';

const GOLDS: readonly Gold[] = [
  { value: '58159881', unit: 'CNY:thousand' },
  { value: '18', unit: '' },
  { value: '北京', unit: 'text' },
  { value: 'B', unit: 'choice' },
];

const SHORT = 2500;
const TIMES = 8;

/**
 * Eight times the text may take eight times the work: quadratic growth would be sixty-four times. The bound lies
 * between; times are the least of several, and a measurement spoilt by the machine is taken again.
 */
const BOUND = 30;
const ATTEMPTS = 5;

/** Below this many milliseconds the clock says nothing about growth. */
const NEGLIGIBLE = 2;

async function least(output: string, gold: Gold): Promise<number> {
  // Not by `grade`, which takes the repetitions out first: what a reader cannot bear when it is varied a little.
  const grader = await graderFor(gold);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    await grader.grade({ output, gold, language: 'en', question: 'What was revenue in 2024?', finish: 'stop' });
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function repeated(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

describe('work grows with the length of the output, whatever it repeats', () => {
  it.each(HOSTILE.map((piece) => [JSON.stringify(piece), piece] as const))(
    '%s',
    async (_name, piece) => {
      for (const gold of GOLDS) {
        let ratio = Number.POSITIVE_INFINITY;
        for (let attempt = 0; attempt < ATTEMPTS && ratio > BOUND; attempt++) {
          const long = await least(repeated(piece, SHORT * TIMES), gold);
          ratio = long < NEGLIGIBLE ? 0 : long / (await least(repeated(piece, SHORT), gold));
        }
        expect(ratio, `gold ${gold.value}`).toBeLessThan(BOUND);
      }
    },
    60_000,
  );
});
