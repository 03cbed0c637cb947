/**
 * Takes the figures of the installed web-llm over into the catalogue, after an update of the package:
 *   npx tsx tools/catalog/main.ts
 * A build that the package no longer lists is an error: decide by hand whether it goes. New builds are added by hand,
 * with their id and quantisation; the rest comes from here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'prettier';
import { decodeCatalogue } from '../../src/catalog/models/decode.ts';
import { repository } from '../root.ts';
import { webllmFacts } from './webllmFacts.ts';

interface RawBuild {
  readonly engine: string;
  readonly id: string;
}
interface RawCatalogue {
  readonly engines: { readonly 'web-llm': { version: string } };
  readonly models: readonly { builds: RawBuild[] }[];
}

const file = join(repository, 'src', 'catalog', 'models', 'models.json');
const catalogue = JSON.parse(readFileSync(file, 'utf8')) as RawCatalogue;
let changed = 0;

for (const model of catalogue.models) {
  model.builds = model.builds.map((build) => {
    if (build.engine !== 'web-llm') return build;
    const facts = webllmFacts(build.id);
    if (facts === null) throw new Error(`${build.id} is not in the list of the installed web-llm`);
    const updated = { ...build, ...facts };
    if (JSON.stringify(updated) !== JSON.stringify(build)) changed += 1;
    return updated;
  });
}

const { version } = createRequire(import.meta.url)('@mlc-ai/web-llm/package.json') as { version: string };
catalogue.engines['web-llm'].version = version;
decodeCatalogue(catalogue);
writeFileSync(file, await format(JSON.stringify(catalogue), { parser: 'json', printWidth: 120 }));
console.log(`web-llm ${version}: ${changed} builds changed`);
