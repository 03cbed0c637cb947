import type { ExportBytes, ExportFile } from '#app';

/** Milliseconds until the address of a download is given back: Safari reads it only after the click was handled. */
const KEPT_MS = 10_000;

/** Hands a file to the browser's downloads. */
export function download(file: ExportFile | ExportBytes): void {
  const address = URL.createObjectURL(new Blob(['text' in file ? file.text : file.bytes], { type: file.type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
