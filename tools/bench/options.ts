import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { repository } from '../root.ts';

export const BENCHES = ['prefix', 'overhead', 'memory'] as const;

export interface BenchOptions {
  readonly bench: (typeof BENCHES)[number];
  /** Null: the embedded model. Else a folder in transformers.js layout. */
  readonly model: string | null;
  readonly device: 'wasm' | 'webgpu';
  readonly rounds: number | null;
  readonly questions: number;
  /** Tokens of a passage. */
  readonly passage: number;
  /** Most new tokens for an answer. */
  readonly tokens: number | null;
}

/** A real instruct model beside the repository; not everybody has it. */
const SMOL = join(repository, '..', 'shared', 'models', 'smollm2-135m-instruct');

const DESCRIPTION = `Measures the engine in a real browser. The last line is JSON: bench, ratio, low, high, …
  prefix    a suite with and without reuse of what prompts share, in turns
  overhead  how fast answers are decoded, over the bare loop of transformers.js
  memory    loads and unloads a model ten times: memory of the last three over the first three`;

export function readOptions(args: readonly string[]): BenchOptions {
  const command = new Command('npm run -s bench --')
    .description(DESCRIPTION)
    .argument('<bench>', BENCHES.join(', '), bench)
    .option('--model <embedded|smollm2|DIR>', 'which model answers', model, null)
    .addOption(new Option('--device <device>', 'where it runs').choices(['wasm', 'webgpu']).default('wasm'))
    .option('--rounds <N>', 'how often both sides are measured', count)
    .option('--questions <N>', 'prefix: questions on a passage', count, 10)
    .option('--passage <N>', 'prefix: tokens of a passage, about', count, 1_000)
    .option('--tokens <N>', 'most new tokens for an answer', count);
  command.parse(args, { from: 'user' });
  const options = command.opts<
    Omit<BenchOptions, 'bench' | 'rounds' | 'tokens'> & { rounds?: number; tokens?: number }
  >();
  const [name] = command.processedArgs as [BenchOptions['bench']];
  return { ...options, bench: name, rounds: options.rounds ?? null, tokens: options.tokens ?? null };
}

function bench(value: string): BenchOptions['bench'] {
  const known = BENCHES.find((name) => name === value);
  if (known === undefined) throw new InvalidArgumentError(`Say one of ${BENCHES.join(', ')}.`);
  return known;
}

function model(value: string): string | null {
  if (value === 'embedded') return null;
  const folder = value === 'smollm2' ? SMOL : resolve(value);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new InvalidArgumentError(`There is no folder ${folder}: nothing was measured.`);
  }
  return folder;
}

function count(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('Say a whole number from 1 on.');
  return n;
}
