import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import type { LoadProgress } from '#domain';
import { phaseOf, sessionProgress } from '../../../src/engines/webLlm/worker/progress.ts';

/** As web-llm says them. */
const SENTENCES = [
  ['Start to fetch params', 'weights'],
  ['Fetching param cache[3/9]: 96MB fetched. 33% completed, 4 secs elapsed. It can take a while …', 'weights'],
  ['Loading model from cache[9/9]: 295MB loaded. 100% completed, 6 secs elapsed.', 'weights'],
  ['Loading GPU shader modules[84/84]: 100% completed, 1 secs elapsed.', 'shaders'],
  ['Finish loading on WebGPU - google', 'finished'],
  ['something new', null],
] as const;

test.each(SENTENCES)('%s', (text, phase) => {
  expect(phaseOf(text)).toBe(phase);
});

test('the sentences begin as those of the installed package do', () => {
  const code = readFileSync(createRequire(import.meta.url).resolve('@mlc-ai/web-llm'), 'utf8');
  for (const [text, phase] of SENTENCES) {
    if (phase !== null) expect(code).toContain(`"${/^[A-Za-z ]+\[?/.exec(text)?.[0].replace(/WebGPU $/, '') ?? ''}`);
  }
});

test('the session is said once, when the shaders begin', () => {
  const said: LoadProgress[] = [];
  const report = sessionProgress((progress) => said.push(progress));
  for (const [text] of SENTENCES) report({ text });
  report({ text: 'Loading GPU shader modules[1/84]: 1% completed' });
  expect(said).toEqual([{ phase: 'session' }]);
});
