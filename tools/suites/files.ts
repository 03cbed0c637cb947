import { readFileSync, readdirSync } from 'node:fs';
import { decodeSuite } from '../../src/domain/decodeSuite.ts';
import type { Suite } from '../../src/domain/suite.ts';

const folder = new URL('../../src/catalog/suites/', import.meta.url);

/** Every suite in src/catalog/suites, decoded. Throws an Error that names the file and its problems. */
export function readSuites(): readonly Suite[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map(readSuite);
}

function readSuite(name: string): Suite {
  const decoded = decodeSuite(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  if (decoded.ok) return decoded.suite;
  const problems = decoded.problems.map(({ path, code, params }) => `${path}: ${code} ${JSON.stringify(params)}`);
  throw new Error(`${name} is not a suite:\n${problems.join('\n')}`);
}
