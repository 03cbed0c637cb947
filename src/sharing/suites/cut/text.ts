import type { Encoding } from './encoding.ts';

/** Bytes in one piece. Small enough that progress and cancelling are smooth, large enough that awaiting costs nothing. */
const PIECE = 1 << 18;

/**
 * The text of a file in pieces, without byte order mark, every line end as "\n". `onBytes` is told how many bytes are
 * read so far. What cannot be decoded becomes U+FFFD.
 */
export async function* textOf(
  file: Blob,
  encoding: Encoding,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for (let from = 0; from < file.size; from += PIECE) {
    const bytes = await file.slice(from, from + PIECE).arrayBuffer();
    const text = held + decoder.decode(bytes, { stream: true });
    // A "\r" at the end may be the first half of "\r\n".
    held = text.endsWith('\r') ? '\r' : '';
    yield unixLines(text.slice(0, text.length - held.length));
    onBytes(Math.min(from + PIECE, file.size));
  }
  yield unixLines(held + decoder.decode());
}

function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
