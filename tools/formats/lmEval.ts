import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../root.ts';

/** Where `npx tsx tools/formats/main.ts` puts lm-eval: beside the other caches, never in the repository. */
const environment = join(repository, 'node_modules', '.cache', 'lm-eval');
const bin = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
const python = join(bin, process.platform === 'win32' ? 'python.exe' : 'python');
const requirements = join(import.meta.dirname, 'requirements.txt');

/** What lm-eval makes of an export; see read_lm_eval.py. */
export interface LmEvalReading {
  readonly version: string;
  readonly task: string;
  readonly table: string;
  readonly card: string;
  readonly folder: string;
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
  readonly loaded: readonly (readonly [docId: number, target: string, output: string, score: number])[];
  readonly mean: number;
  /** Mean and standard error of each metric under each filter, by lm-eval's own functions. */
  readonly aggregated: Readonly<Record<string, number | 'N/A'>>;
  /** Texts of each request. */
  readonly outputs: readonly number[];
  readonly hashes: readonly boolean[];
  readonly task_hash: string;
  readonly written_task_hash: string;
}

/** Whether lm-eval was set up here. */
export function hasLmEval(): boolean {
  if (!existsSync(python)) return false;
  try {
    execFileSync(python, ['-c', 'import lm_eval'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Installs lm-eval in the version of requirements.txt (about 400 MB with what it needs). Throws where that fails. */
export function setUpLmEval(): void {
  execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], { stdio: 'inherit' });
}

/** Has lm-eval read the files in a folder. Throws with its own words where it cannot. */
export function readByLmEval(folder: string): LmEvalReading {
  const script = join(import.meta.dirname, 'read_lm_eval.py');
  const env = {
    ...process.env,
    HF_HUB_OFFLINE: '1',
    HF_DATASETS_CACHE: join(folder, '.cache'),
    PYTHONWARNINGS: 'ignore',
  };
  const output = execFileSync(python, [script, folder], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as LmEvalReading;
}
