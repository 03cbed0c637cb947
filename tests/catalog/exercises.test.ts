import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#domain';

const script = fileURLToPath(new URL('../../tools/embedded-model/generate.py', import.meta.url));
const noPython = spawnSync('python3', ['--version']).status !== 0;
const folder = mkdtempSync(join(tmpdir(), 'tabeval-exercises-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A word list of our own, so that the test needs no package: aaa, bbb, …, zzz, aaaa, … (78 words). */
const words = [3, 4, 5].flatMap((length) => [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => letter.repeat(length)));

/**
 * Hashes over 400 dialogues, made with the program that trained the shipped model. golden.json's figures are of
 * dialogues from fixed seeds: a generator that draws one random number more measures something else.
 */
const DIGESTS: readonly (readonly [seed: string, level: string, sha256: string])[] = [
  ['1', '1', '54404a91b20436fdbbe75d6d8ac2e70823a82d43df8f6514aad81069abfe245c'],
  ['4242', '0.5', 'd13f6ecfc61e7df373a114bd39914f301c793108eb3c40257e7c513714a6e415'],
  ['99', '0.1', '157fb4521332cf7355cad5757d7b93e4005e96a35fca74f98e03eedaf75e658f'],
];

describe.skipIf(noPython)('the training text is the same for ever (skipped where python3 is absent)', () => {
  it.each(DIGESTS)('seed %s, level %s', (seed, level, sha256) => {
    const file = join(folder, 'words');
    writeFileSync(file, words.join('\n'));
    const options = ['--count', '400', '--seed', seed, '--level', level, '--words', file];
    const { stdout, stderr } = spawnSync('python3', [script, ...options], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(sha256Hex(stdout)).toBe(sha256);
  });
});
