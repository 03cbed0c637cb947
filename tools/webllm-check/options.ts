import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

export interface CheckOptions {
  /** Absolute path of the compiled library. */
  readonly lib: string;
  /** Absolute path of the folder with weights, configuration and tokenizer. */
  readonly model: string;
  /** Version of web-llm; null: the one that the site has. */
  readonly package: string | null;
  readonly prompt: string;
  /** Most tokens of the answer. */
  readonly tokens: number;
  /** Tokens of context to make room for; null: what the model's files say, 4,096 at most. */
  readonly context: number | null;
  /** The machine's own GPU instead of Chromium's software adapter. */
  readonly gpu: boolean;
}

const HELP = `
Prints what happens, and as the last line one line of JSON: loaded, tokens, text, promptTokens, secondsToLoad,
secondsToFirstToken, secondsPerToken, version; where it fails also failure, and the exit status is 1.

A library is tied to the version of web-llm: those of v0_2_48 in MLC's repository run with 0.2.79.
The folder is as MLC writes it: mlc-chat-config.json, tensor-cache.json (or ndarray-cache.json), params_shard_*.bin,
tokenizer.json, tokenizer_config.json.

Example:
  npm run -s webllm-check -- --lib Qwen2-0.5B-Instruct-q4f32_1-ctx4k_cs1k-webgpu.wasm \\
    --model Qwen2-0.5B-Instruct-q4f32_1-MLC --package 0.2.79 --tokens 4`;

/** Ends the process with a sentence on stderr where an argument is wrong. */
export function readOptions(args: readonly string[]): CheckOptions {
  const command = new Command('npm run -s webllm-check --')
    .description(
      'Loads a compiled library and weights with our adapter of web-llm, in a headless browser, and answers.',
    )
    .requiredOption('--lib <FILE.wasm>', 'the compiled model library', file)
    .requiredOption('--model <DIR>', 'the folder with weights, configuration and tokenizer', folder)
    .option('--package <VERSION>', 'another version of web-llm than the installed one; fetched from npm', version)
    .option('--prompt <TEXT>', 'what the user says', 'What is two plus two?')
    .option('--tokens <N>', 'most tokens of the answer', count, 8)
    .option('--context <N>', 'tokens of context to make room for', count)
    .option('--gpu', "use this machine's own GPU (default: Chromium's software adapter, slow)", false)
    .addHelpText('after', HELP);
  command.parse(args, { from: 'user' });
  const { package: other = null, context = null, ...rest } = command.opts<Typed>();
  return { ...rest, package: other, context };
}

/** As commander gives them. */
type Typed = Omit<CheckOptions, 'package' | 'context'> & { readonly package?: string; readonly context?: number };

function file(value: string): string {
  const path = resolve(value);
  if (!existsSync(path) || !statSync(path).isFile()) throw new InvalidArgumentError(`There is no file ${path}.`);
  return path;
}

function folder(value: string): string {
  const path = resolve(value);
  if (!existsSync(path) || !statSync(path).isDirectory()) throw new InvalidArgumentError(`There is no folder ${path}.`);
  return path;
}

/** It becomes part of a path and of a command. */
function version(value: string): string {
  if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/.test(value)) throw new InvalidArgumentError('Say a version, like 0.2.79.');
  return value;
}

function count(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('Say a whole number from 1 on.');
  return n;
}
