/** `npm run -s grade -- FILE.jsonl`: grades cases and prints each disagreement, then one line of JSON. */
import { readFile } from 'node:fs/promises';
import { parseCases } from './grade/cases.ts';
import { gradeCases, type Outcome } from './grade/outcome.ts';

const USAGE = 'usage: npm run -s grade -- FILE.jsonl';

async function main(args: readonly string[]): Promise<number> {
  const [file, extra] = args;
  if (file === undefined || extra !== undefined) {
    console.error(USAGE);
    return 2;
  }
  let outcomes: readonly Outcome[];
  try {
    outcomes = await gradeCases(parseCases(await readFile(file, 'utf8'), file));
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
    return 2;
  }
  const disagreements = outcomes.filter((o) => o.got !== o.expected.verdict);
  for (const { expected, got, extracted, why } of disagreements) {
    console.log(`${expected.id}: expected ${expected.verdict}, got ${got}`);
    console.log(`  output     ${JSON.stringify(expected.output)}`);
    console.log(
      `  gold       ${JSON.stringify(expected.gold)}${expected.unit === undefined ? '' : ` (${expected.unit || 'unitless'})`}`,
    );
    console.log(`  extracted  ${extracted}`);
    console.log(`  we say     ${why}`);
    console.log(`  case says  ${expected.why}`);
  }
  const falseAccepts = disagreements.filter((o) => o.got === 'correct').length;
  const falseRejects = disagreements.filter((o) => o.expected.verdict === 'correct').length;
  const agree = outcomes.length - disagreements.length;
  console.log(JSON.stringify({ agree, of: outcomes.length, falseAccepts, falseRejects }));
  return disagreements.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
