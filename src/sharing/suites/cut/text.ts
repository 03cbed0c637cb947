/** Encodings that people's files have: Chinese Excel saves CSV as GB 18030. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** By the byte order mark, else UTF-8 where the bytes are that, else GB 18030. `bytes`: the beginning of a file. */
function guessEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    // As a stream: a character that the end of `bytes` cuts in two is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

/** Bytes from which the encoding is guessed. */
const GUESS_FROM = 1_000_000;

export async function encodingOf(file: Blob): Promise<Encoding> {
  return guessEncoding(new Uint8Array(await file.slice(0, GUESS_FROM).arrayBuffer()));
}

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
