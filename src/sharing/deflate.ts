/** Raw deflate (RFC 1951): by the browser, or by fflate where the browser is older than 'deflate-raw' (2022/23). */

type Transform = ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>;

export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = native(() => new CompressionStream('deflate-raw'));
  if (stream === null) return (await import('fflate')).deflateSync(bytes, { level: 9 });
  return new Uint8Array(await new Response(through(bytes, stream)).arrayBuffer());
}

export type Inflated =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly because: 'not-deflate' | 'too-large' };

/**
 * Unpacks at most `limit` bytes and stops there: deflate can pack a thousand bytes into one, so the output is counted
 * while it comes and not afterwards. Never throws.
 */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<Inflated> {
  const stream = native(() => new DecompressionStream('deflate-raw'));
  return stream === null ? inflateByLibrary(bytes, limit) : inflateByBrowser(through(bytes, stream), limit);
}

async function inflateByBrowser(stream: ReadableStream<Uint8Array>, limit: number): Promise<Inflated> {
  const output = new CappedOutput(limit);
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { ok: true, bytes: output.joined() };
      if (!output.take(value)) return { ok: false, because: 'too-large' };
    }
  } catch {
    return { ok: false, because: 'not-deflate' };
  } finally {
    // Ends the decompression as well; an error that it has met already is the one that was answered.
    await reader.cancel().catch(() => undefined);
  }
}

/** fflate unpacks a push as a whole: small ones keep what comes out beyond the cap small (1,032 times this at most). */
const PUSH_BYTES = 64;

async function inflateByLibrary(bytes: Uint8Array, limit: number): Promise<Inflated> {
  const { Inflate } = await import('fflate');
  const output = new CappedOutput(limit);
  let fits = true;
  const inflating = new Inflate((chunk) => (fits &&= output.take(chunk)));
  try {
    for (let at = 0; at < bytes.length; at += PUSH_BYTES) {
      inflating.push(bytes.subarray(at, at + PUSH_BYTES), at + PUSH_BYTES >= bytes.length);
      if (!fits) return { ok: false, because: 'too-large' };
    }
    return bytes.length === 0 ? { ok: false, because: 'not-deflate' } : { ok: true, bytes: output.joined() };
  } catch {
    return { ok: false, because: 'not-deflate' };
  }
}

class CappedOutput {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False, and nothing is kept, where it would be more than the limit. */
  take(chunk: Uint8Array): boolean {
    this.#length += chunk.length;
    if (this.#length > this.#limit) return false;
    this.#chunks.push(chunk);
    return true;
  }

  joined(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }
}

function through(bytes: Uint8Array<ArrayBuffer>, stream: Transform): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(stream);
}

/** The constructors throw where the format is unknown, and are missing in browsers that are older still. */
function native(make: () => Transform): Transform | null {
  try {
    return make();
  } catch {
    return null;
  }
}
