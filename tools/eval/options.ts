import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { VARIANT_IDS, type VariantId } from '../../src/domain/suite.ts';

export type ModelChoice = { readonly kind: 'embedded' } | { readonly kind: 'folder'; readonly path: string };
export type SuiteChoice =
  { readonly kind: 'builtIn'; readonly id: string } | { readonly kind: 'file'; readonly path: string };

export interface EvalOptions {
  readonly model: ModelChoice;
  /** Of a folder with several builds; null: the first that it holds. */
  readonly build: string | null;
  readonly suite: SuiteChoice;
  /** How the items are asked. */
  readonly variant: VariantId;
  readonly device: 'auto' | 'webgpu' | 'wasm';
  readonly limit: number | null;
  /** Where the run record goes; null: nowhere. */
  readonly out: string | null;
  /** The machine's own GPU instead of Chromium's software adapter. */
  readonly gpu: boolean;
}

const EXAMPLES = `
Examples:
  npm run -s eval -- --model embedded --suite reading --device wasm
  npm run -s eval -- --model dir:../SmolLM2-135M-Instruct --suite mathematics --limit 5 --out run.json`;

/** Ends the process with a sentence on stderr where an argument is wrong. */
export function readOptions(args: readonly string[]): EvalOptions {
  const command = new Command('npm run -s eval --')
    .description('Runs a suite in the page, in a headless browser, and prints what came of it.')
    .requiredOption(
      '--model <embedded|dir:PATH>',
      'the embedded model, or a model folder in transformers.js layout',
      model,
    )
    .requiredOption(
      '--suite <ID|FILE>',
      'reading, reading-short, mathematics, mathematics-short, seed-003, or a file (.json)',
      suite,
    )
    .option('--variant <NAME>', `how the items are asked: ${VARIANT_IDS.join(', ')}`, variant, 'plain')
    .option('--build <NAME>', 'which build of the folder: fp32, q4, …')
    .option('--device <auto|webgpu|wasm>', 'where the model runs', device, 'auto')
    .option('--limit <N>', 'ask only the first N items', count)
    .option('--out <FILE>', 'write the run record there')
    .option('--gpu', "use this machine's own GPU (default: Chromium's software adapter)", false)
    .addHelpText('after', EXAMPLES);
  command.parse(args, { from: 'user' });
  const {
    build = null,
    limit = null,
    out = null,
    ...rest
  } = command.opts<Omit<EvalOptions, 'build' | 'limit' | 'out'> & Partial<EvalOptions>>();
  return { ...rest, build, limit, out };
}

function model(value: string): ModelChoice {
  if (value === 'embedded') return { kind: 'embedded' };
  if (!value.startsWith('dir:')) throw new InvalidArgumentError('Say "embedded", or "dir:" and the path of a folder.');
  const path = resolve(value.slice('dir:'.length));
  if (!existsSync(path) || !statSync(path).isDirectory()) throw new InvalidArgumentError(`There is no folder ${path}.`);
  return { kind: 'folder', path };
}

/** A name that exists as a file is a file; so is one that ends with .json, to be missed by name. */
function suite(value: string): SuiteChoice {
  if (existsSync(value)) return { kind: 'file', path: resolve(value) };
  if (value.endsWith('.json')) throw new InvalidArgumentError(`There is no file ${resolve(value)}.`);
  return { kind: 'builtIn', id: value };
}

function variant(value: string): VariantId {
  const known = VARIANT_IDS.find((id) => id === value);
  if (known === undefined) throw new InvalidArgumentError(`Say one of ${VARIANT_IDS.join(', ')}.`);
  return known;
}

function device(value: string): EvalOptions['device'] {
  if (value === 'auto' || value === 'webgpu' || value === 'wasm') return value;
  throw new InvalidArgumentError('Say auto, webgpu or wasm.');
}

function count(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('Say a whole number from 1 on.');
  return n;
}
