/** The smallest WebAssembly modules that look like model libraries to whoever reads their imports. */

const bytes = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];

/**
 * Imports one function `env.<name>` without parameters and exports a memory; `text` stands in a custom section, as
 * metadata would.
 */
export function tinyLibrary(name: string, text = ''): Uint8Array<ArrayBuffer> {
  const type = [1, 4, 1, 0x60, 0, 0];
  const imported = [1, ...bytes('env'), ...bytes(name), 0, 0];
  const memory = [5, 3, 1, 0, 1];
  const exported = [1, ...bytes('memory'), 2, 0];
  const custom = [...bytes('m'), ...new TextEncoder().encode(text)];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...type,
    ...[2, imported.length, ...imported],
    ...memory,
    ...[7, exported.length, ...exported],
    ...[0, ...leb(custom.length), ...custom],
  ]);
}

/** Unsigned LEB128, as WebAssembly writes its lengths. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}
