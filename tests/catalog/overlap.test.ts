import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Item, Passage, Suite } from '#domain';
import { readSuites } from '../../tools/suites/files.ts';

const script = fileURLToPath(new URL('../../tools/embedded-model/overlap.py', import.meta.url));
const noPython = spawnSync('python3', ['--version']).status !== 0;
const folder = mkdtempSync(join(tmpdir(), 'tabeval-overlap-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the check on the suites, or on the catalogue where there are none. Some seconds: it writes 20,000 exercises. */
function overlap(suites: readonly Suite[] = []): { status: number | null; output: string } {
  const files = suites.map((suite) => join(folder, `${suite.id}.json`));
  suites.forEach((suite, index) => writeFileSync(files[index]!, JSON.stringify(suite)));
  const run = spawnSync('python3', [script, ...files], { encoding: 'utf8' });
  return { status: run.status, output: run.stdout + run.stderr };
}

describe.skipIf(noPython)('suites and training text do not overlap (skipped where python3 is absent)', () => {
  const [reading, mathematics] = ['reading', 'mathematics'].map((id) => readSuites().find((suite) => suite.id === id));
  if (reading === undefined || mathematics === undefined) throw new Error('the starter suites are missing');

  it('holds for the catalogue', { timeout: 60_000 }, () => {
    const { status, output } = overlap();
    expect(output).toMatch(/ generated exercises: 0 overlaps\n$/);
    expect(status).toBe(0);
  });

  function withQuestion(suite: Suite, question: string): Suite {
    const [first, ...others] = suite.items as readonly [Item, ...Item[]];
    return { ...suite, items: [{ ...first, question }, ...others] };
  }

  function withPassage(text: string): Suite {
    const [first, ...others] = reading!.passages as readonly [Passage, ...Passage[]];
    return { ...reading!, passages: [{ ...first, text }, ...others] };
  }

  const tampered: Readonly<Record<string, Suite>> = {
    'a-bare-sum': withQuestion(mathematics, '12 + 7 = ?'),
    'a-word-problem': withQuestion(mathematics, 'Zoe had 5 hats and got 4 more. How many hats in total?'),
    'a-cell-question': withQuestion(reading, '2024年现金是多少？'),
    'a-table': withPassage('Item\t2024\t2023 (USD)\nCash\t1,204\t998\nGoodwill\t77\t(1,020)'),
    'a-text-of-facts': withPassage('小明住在河边。这座桥的创始人是李雷。'),
    'a-piece-of-text': withPassage(
      '晴川公司2024年年度报告\n项目\t2024年\t2023年\n本表由会计师事务所审计，单位为千元。',
    ),
    'an-instruction': { ...mathematics, prompt: { ...mathematics.prompt, system: { en: 'Answer:' } } },
    'an-instruction-of-a-variant': {
      ...mathematics,
      variants: [{ id: 'closed-book', prompt: { withoutPassage: { en: '{question}\nAnswer:' } }, maxTokens: 8 }],
    },
  };

  it('sees what the generator could have made: one finding for each suite', { timeout: 60_000 }, () => {
    const { status, output } = overlap(Object.entries(tampered).map(([id, suite]) => ({ ...suite, id })));
    const findings = output.trim().split('\n').slice(0, -1);
    expect(findings.map((line) => line.split(/[/:]/)[0])).toEqual(Object.keys(tampered));
    expect(status).toBe(1);
  });
});
