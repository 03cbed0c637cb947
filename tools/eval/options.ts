import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { MOST_AT_ONCE } from '../../src/domain/server.ts';
import { VARIANT_IDS, type VariantId } from '../../src/domain/suite.ts';
import { THINKING_MODES, type ThinkingMode } from '../../src/domain/thinkingMode.ts';
import { drawingOf, repeats, sample, seed, type Drawing } from './sampling.ts';
import type { ServerChoice } from './server.ts';

export type ModelChoice =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'folder'; readonly path: string }
  | ({ readonly kind: 'server' } & ServerChoice);
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
  /** Absent: as the page has it, which is on for models that can think. */
  readonly thinking?: ThinkingMode;
  /** Most tokens of thinking before one answer; absent: as the page has it. */
  readonly thinkingTokens?: number;
  /** Absent: greedily, once. */
  readonly drawing?: Drawing;
  readonly limit: number | null;
  /** Where the run record goes; null: nowhere. */
  readonly out: string | null;
  /** The machine's own GPU instead of Chromium's software adapter. */
  readonly gpu: boolean;
}

const EXAMPLES = `
Examples:
  npm run -s eval -- --model embedded --suite reading --device wasm
  npm run -s eval -- --model dir:../SmolLM2-135M-Instruct --suite mathematics --limit 5 --out run.json
  npm run -s eval -- --model embedded --suite reading-short --sample temperature=0.7,topP=0.8 --seed 1 --repeats 5
  npm run -s eval -- --server http://127.0.0.1:1234 --model qwen2.5-0.5b-instruct --suite reading-short --at-once 4

A server's key is read from the environment: TABEVAL_SERVER_KEY.`;

/** Ends the process with a sentence on stderr where an argument is wrong. */
export function readOptions(args: readonly string[]): EvalOptions {
  const command = new Command('npm run -s eval --')
    .description('Runs a suite in the page, in a headless browser, and prints what came of it.')
    .requiredOption(
      '--model <embedded|dir:PATH|NAME>',
      'the embedded model, a model folder in transformers.js layout, or with --server the name of its model',
    )
    .option('--server <URL>', 'a model server that speaks the OpenAI protocol; the part before /v1')
    .option('--at-once <N>', 'how many items the server is asked at once, 1 to 16', atOnce)
    .option('--concurrency <N>', 'the same as --at-once', atOnce)
    .option(
      '--wait <SECONDS>',
      'how long to wait for a server that goes away; then its items are unscored',
      seconds,
      60,
    )
    .requiredOption(
      '--suite <ID|FILE>',
      'reading, reading-short, mathematics, mathematics-short, seed-003, or a file (.json)',
      suite,
    )
    .option('--variant <NAME>', `how the items are asked: ${VARIANT_IDS.join(', ')}`, variant, 'plain')
    .option('--build <NAME>', 'which build of the folder: fp32, q4, …')
    .option('--device <auto|webgpu|wasm>', 'where the model runs', device, 'auto')
    .option('--thinking <on|off>', 'whether a model that can think does so before it answers', thinking)
    .option('--thinking-tokens <N>', 'most tokens of thinking before one answer', count)
    .option(
      '--sample <recommended|VALUES>',
      'draw tokens: temperature=0.7,topP=0.8,topK=20,minP=0,repetitionPenalty=1',
      sample,
    )
    .option('--seed <N>', 'of the first repeat; the next ones follow', seed)
    .option(
      '--repeats <N>',
      'how many runs that differ in nothing but the seed; greedily 2 check that it repeats',
      repeats,
    )
    .option('--limit <N>', 'ask only the first N items', count)
    .option('--out <FILE>', 'write the run record there')
    .option('--gpu', "use this machine's own GPU (default: Chromium's software adapter)", false)
    .addHelpText('after', EXAMPLES);
  command.parse(args, { from: 'user' });
  const { build = null, limit = null, out = null, ...opts } = command.opts<Typed>();
  const { server, concurrency, atOnce: most = concurrency ?? 1, wait, model: named, ...others } = opts;
  const { sample: choice, seed: first, repeats: runs, ...rest } = others;
  const drawn = {
    ...(choice === undefined ? {} : { sample: choice }),
    ...(first === undefined ? {} : { seed: first }),
    ...(runs === undefined ? {} : { repeats: runs }),
  };
  const onServer =
    server === undefined
      ? null
      : { url: server, key: process.env.TABEVAL_SERVER_KEY ?? null, atOnce: most, waitSeconds: wait };
  return {
    ...rest,
    build,
    limit,
    drawing: drawingOf(drawn, command),
    out,
    model: onServer === null ? model(named, command) : { kind: 'server', name: named, ...onServer },
  };
}

type Optional = 'build' | 'limit' | 'out';

/** As commander gives them. */
type Typed = Omit<EvalOptions, Optional | 'model' | 'drawing'> &
  Partial<Pick<EvalOptions, Optional>> &
  Partial<Drawing> & {
    readonly model: string;
    readonly server?: string;
    readonly atOnce?: number;
    readonly concurrency?: number;
    readonly wait: number;
  };

function model(value: string, command: Command): ModelChoice {
  if (value === 'embedded') return { kind: 'embedded' };
  if (!value.startsWith('dir:')) {
    command.error(
      '--model: say "embedded", "dir:" and the path of a folder, or give --server with the name of its model.',
    );
  }
  const path = resolve(value.slice('dir:'.length));
  if (!existsSync(path) || !statSync(path).isDirectory()) command.error(`--model: there is no folder ${path}.`);
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

function thinking(value: string): ThinkingMode {
  const known = THINKING_MODES.find((mode) => mode === value);
  if (known === undefined) throw new InvalidArgumentError(`Say one of ${THINKING_MODES.join(', ')}.`);
  return known;
}

function device(value: string): EvalOptions['device'] {
  if (value === 'auto' || value === 'webgpu' || value === 'wasm') return value;
  throw new InvalidArgumentError('Say auto, webgpu or wasm.');
}

function atOnce(value: string): number {
  const n = count(value);
  if (n > MOST_AT_ONCE) throw new InvalidArgumentError(`Say a whole number from 1 to ${MOST_AT_ONCE}.`);
  return n;
}

function seconds(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 0) throw new InvalidArgumentError('Say a whole number of seconds, from 0 on.');
  return n;
}

function count(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('Say a whole number from 1 on.');
  return n;
}
