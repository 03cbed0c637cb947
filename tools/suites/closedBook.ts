/**
 * The closed-book baseline: which items of a reading suite a model knows by heart.
 *
 *     npm run -s eval -- --model … --suite reading --out open.json
 *     npm run -s eval -- --model … --suite reading --variant closed-book --out closed.json
 *     npx tsx tools/suites/closedBook.ts open.json closed.json
 *
 * One line for each item that was right without its passage, then one line of JSON. Exits with 1 where the two files
 * are not such a pair.
 */
import { existsSync, readFileSync } from 'node:fs';
import { knownByHeart, type KnownByHeart } from '#domain';
import { readRecord, type RunRecord } from '../../src/sharing/record.ts';

const REFUSALS: Readonly<Record<Extract<KnownByHeart, { kind: 'refused' }>['because'], string>> = {
  'other-suite': 'The two runs asked different suites, or different versions of one.',
  'other-model': 'The two runs are of different models or builds.',
  'not-closed-book': 'The second run was not asked without the passages: run it with --variant closed-book.',
  'not-open': 'The first run was asked without the passages: run it without --variant closed-book.',
};

function main(files: readonly string[]): number {
  const [openFile, closedFile] = files;
  if (openFile === undefined || closedFile === undefined) {
    console.error('Say two files: the run with the passages, and the run with --variant closed-book.');
    return 1;
  }
  const [open, closed] = [recordIn(openFile), recordIn(closedFile)];
  const suite = open?.suite ?? closed?.suite ?? null;
  if (open === null || closed === null) return 1;
  if (suite === null) {
    console.error('Neither file holds the suite: nothing says which items have an answer.');
    return 1;
  }
  const result = knownByHeart(open.header, closed.header, suite);
  if (result.kind === 'refused') {
    console.error(REFUSALS[result.because]);
    return 1;
  }
  const { known, asked, rest } = result;
  for (const id of known) console.log(`${id}: ${suite.items.find((item) => item.id === id)?.question ?? ''}`);
  console.log(JSON.stringify({ suite: suite.id, asked, known: known.length, rest: rest.asked, correct: rest.correct }));
  return 0;
}

function recordIn(file: string): RunRecord | null {
  if (!existsSync(file)) {
    console.error(`There is no file ${file}.`);
    return null;
  }
  const read = readRecord(readFileSync(file, 'utf8'));
  if (read.ok) return read.record;
  console.error(`${file} is not the record of a run: ${JSON.stringify(read.problem)}`);
  return null;
}

process.exitCode = main(process.argv.slice(2));
