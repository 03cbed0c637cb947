/**
 * What a compiled model library says of itself. It is tied to the version of web-llm: the runtime inside it and the
 * script around it must fit. Looked at before the weights are read, so that a wrong one costs a moment.
 */
import { failure, FailureError } from '#domain';
import * as v from 'valibot';

export interface LibraryFacts {
  /** How functions cross between script and library: TVM's packed functions until web-llm 0.2.79, its FFI from 0.2.80 on. */
  readonly calls: 'packed' | 'ffi';
  /** Null: the library does not say. */
  readonly quantisation: string | null;
}

/** Throws what WebAssembly throws for bytes that are no module, and a FailureError `file-corrupt` for another module. */
export async function libraryFacts(bytes: Uint8Array<ArrayBuffer>): Promise<LibraryFacts> {
  const module = await WebAssembly.compile(bytes);
  const names = WebAssembly.Module.imports(module).map(({ name }) => name);
  const memory = WebAssembly.Module.exports(module).some(({ kind }) => kind === 'memory');
  if (!memory || !names.some((name) => name.startsWith('TVM'))) {
    throw new FailureError(failure('file-corrupt', 'WebAssembly, but not a model library of web-llm'));
  }
  return { calls: names.includes('TVMWasmPackedCFunc') ? 'packed' : 'ffi', quantisation: metadata(bytes) };
}

/** Throws a FailureError `unsupported-build` that names both. `version`: of web-llm, "0.2.86". */
export function checkLibrary(facts: LibraryFacts, { version, quantisation }: Wanted): void {
  const expected = callsOf(version);
  if (facts.calls !== expected) {
    const age = facts.calls === 'packed' ? 'web-llm 0.2.79 or older' : 'web-llm 0.2.80 or newer';
    throw unsupported(`the model library is made for ${age}, this is ${version}`);
  }
  if (facts.quantisation !== null && facts.quantisation !== quantisation) {
    throw unsupported(`the model library is made for ${facts.quantisation}, the weights are ${quantisation}`);
  }
}

interface Wanted {
  readonly version: string;
  readonly quantisation: string;
}

const FIRST_FFI = [0, 2, 80];

function callsOf(version: string): LibraryFacts['calls'] {
  const parts = version.split(/[.-]/).map(Number);
  for (const [i, first] of FIRST_FFI.entries()) {
    const part = parts[i] ?? 0;
    if (part !== first) return part > first ? 'ffi' : 'packed';
  }
  return 'ffi';
}

const metadataSchema = v.looseObject({ model_type: v.string(), quantization: v.string() });

/** The metadata stands in the library as plain JSON; its beginning, before the list of tensors, is enough. */
function metadata(bytes: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(bytes);
  const head = /\{"model_type": "[^"{}]*", "quantization": "[^"{}]*"/.exec(text)?.[0];
  if (head === undefined) return null;
  const parsed = v.safeParse(metadataSchema, JSON.parse(`${head}}`));
  return parsed.success ? parsed.output.quantization : null;
}

function unsupported(detail: string): FailureError {
  return new FailureError(failure('unsupported-build', detail));
}
