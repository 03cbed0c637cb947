/** `npm run -s grade -- [--cases] FILE.jsonl`: grades cases and prints each disagreement, then one line of JSON. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseCases } from './grade/cases.ts';
import { gradeGenerated } from './grade/generated.ts';
import { parseSolutions } from './grade/gsm8k.ts';
import { gradeCase, gradeRightOrWrong, inputOf, type Outcome } from './grade/outcome.ts';
import { printOutcomes } from './grade/print.ts';
import { timeGrading } from './grade/time.ts';

const USAGE = `usage: npm run -s grade -- [--cases] FILE.jsonl
       npm run -s grade -- --gsm8k FILE.jsonl
       npm run -s grade -- --generate N [--seed S]
       npm run -s grade -- --time`;

type Task =
  | { readonly kind: 'cases' | 'gsm8k'; readonly file: string }
  | { readonly kind: 'generate'; readonly count: number; readonly seed: number }
  | { readonly kind: 'time' };

const OPTIONS = {
  cases: { type: 'string' },
  gsm8k: { type: 'string' },
  generate: { type: 'string' },
  seed: { type: 'string' },
  time: { type: 'boolean' },
} as const;

/** What the arguments ask for, or null. */
function taskOf(args: readonly string[]): Task | null {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const { gsm8k, generate, seed, time, cases } = values;
  const [file, ...more] = [...(cases === undefined ? [] : [cases]), ...positionals];
  if (time === true) return args.length === 1 ? { kind: 'time' } : null;
  if (generate !== undefined) {
    const [count, from] = [Number(generate), Number(seed ?? 1)];
    const isGood = Number.isSafeInteger(count) && count > 0 && Number.isSafeInteger(from);
    return isGood && gsm8k === undefined && file === undefined ? { kind: 'generate', count, seed: from } : null;
  }
  if (seed !== undefined) return null;
  if (gsm8k !== undefined) return file === undefined ? { kind: 'gsm8k', file: gsm8k } : null;
  return file === undefined || more.length > 0 ? null : { kind: 'cases', file };
}

async function outcomesOf(task: Exclude<Task, { kind: 'time' }>): Promise<readonly Outcome[]> {
  if (task.kind === 'generate') return gradeGenerated(task.count, task.seed);
  const text = await readFile(task.file, 'utf8');
  const outcomes: Outcome[] = [];
  if (task.kind === 'cases') {
    for (const expected of parseCases(text, task.file)) outcomes.push(await gradeCase(expected));
  } else {
    for (const known of parseSolutions(text, task.file))
      outcomes.push(await gradeRightOrWrong(known.id, inputOf(known), known.correct, known.why));
  }
  return outcomes;
}

async function main(args: readonly string[]): Promise<number> {
  try {
    const task = taskOf(args);
    if (task?.kind === 'time') return (await timeGrading()) ? 0 : 1;
    if (task !== null) return printOutcomes(await outcomesOf(task)) ? 0 : 1;
    console.error(USAGE);
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
  }
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
