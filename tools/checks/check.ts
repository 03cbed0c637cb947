import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../root.ts';

/** What a check found; `output` says what is wrong, or is empty. */
export interface Found {
  ok: boolean;
  output: string;
}

export interface Check {
  name: string;
  run: () => Promise<Found>;
}

/** Runs a program of node_modules, given by its script's path there, and keeps what it prints. */
function runProgram(script: string, args: readonly string[]): Promise<Found> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(repository, 'node_modules', script), ...args], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** A check that is a program: it passes when every run of it ends with 0. Only a failing run's words are kept. */
export function programCheck(name: string, script: string, runs: readonly (readonly string[])[]): Check {
  return {
    name,
    async run() {
      for (const args of runs) {
        const found = await runProgram(script, args);
        if (!found.ok) return { ok: false, output: `${script} ${args.join(' ')}\n${found.output}` };
      }
      return { ok: true, output: '' };
    },
  };
}

/** A check that lists problems: it passes when there is none. */
export function problemCheck(name: string, problems: () => Promise<string[]> | string[]): Check {
  return {
    name,
    async run() {
      try {
        const found = await problems();
        return { ok: found.length === 0, output: found.join('\n') };
      } catch (error) {
        return { ok: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
      }
    },
  };
}
