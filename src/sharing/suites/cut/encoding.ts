/** Encodings that people's files have: Excel saves CSV as GB 18030 in China, as Big5 in Taiwan and Hong Kong. */
export const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface FoundEncoding {
  readonly encoding: Encoding;
  /** False: nothing in the file says so, the bytes only look like it. */
  readonly certain: boolean;
}

/** Bytes from which the encoding is guessed. */
const GUESS_FROM = 1_000_000;

export async function encodingOf(file: Blob): Promise<FoundEncoding> {
  return foundEncoding(new Uint8Array(await file.slice(0, GUESS_FROM).arrayBuffer()));
}

/** By the byte order mark; else UTF-8 where the bytes are that; else by what they look like. */
function foundEncoding(bytes: Uint8Array): FoundEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', certain: true };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', certain: true };
  const wide = wideWithoutMark(bytes);
  if (wide !== null) return { encoding: wide, certain: false };
  try {
    // As a stream: a character that the end of `bytes` cuts in two is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return { encoding: 'utf-8', certain: true };
  } catch {
    return { encoding: legacyEncoding(bytes), certain: false };
  }
}

/** UTF-16 without its mark: separators and line ends are ASCII, so that every NUL stands on the same side of them. */
function wideWithoutMark(bytes: Uint8Array): Encoding | null {
  const nuls = [0, 0];
  for (const [at, byte] of bytes.entries()) if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  const [high = 0, low = 0] = nuls;
  if (bytes.length % 2 !== 0 || high + low < Math.max(2, bytes.length / 100)) return null;
  if (low > 20 * high) return 'utf-16le';
  return high > 20 * low ? 'utf-16be' : null;
}

interface DoubleBytes {
  readonly encoding: Encoding;
  /** Whether the two bytes are a mark, or a character that schools teach. */
  readonly usual: (lead: number, trail: number) => boolean;
}

/** GB/T 2312, rows 1–9 and level 1 (3,755 characters); Big5, symbols and level 1 (5,401 characters). */
const DOUBLE_BYTES: readonly DoubleBytes[] = [
  { encoding: 'gb18030', usual: (lead, trail) => trail >= 0xa1 && (lead <= 0xa9 || (lead >= 0xb0 && lead <= 0xd7)) },
  { encoding: 'big5', usual: (lead) => lead <= 0xc6 },
];

/** So many of the double bytes are usual ones in any Chinese text, and in no text of another kind. */
const USUAL_SHARE = 0.75;

function legacyEncoding(bytes: Uint8Array): Encoding {
  const shares = DOUBLE_BYTES.map((one) => ({ encoding: one.encoding, share: usualShare(bytes, one) }));
  const best = shares.reduce((a, b) => (b.share > a.share ? b : a));
  if (best.share >= USUAL_SHARE) return best.encoding;
  // Letters with accents stand between plain ones; Chinese characters stand beside each other.
  return aloneShare(bytes) > USUAL_SHARE ? 'windows-1252' : best.encoding;
}

function usualShare(bytes: Uint8Array, { usual }: DoubleBytes): number {
  let pairs = 0;
  let good = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    at += 1;
    pairs += 1;
    const trail = bytes[at] ?? 0;
    const isTrail = (trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1;
    if (lead >= 0xa1 && isTrail && usual(lead, trail)) good += 1;
  }
  return pairs === 0 ? 0 : good / pairs;
}

/** How many of the bytes beyond ASCII have no other one beside them. */
function aloneShare(bytes: Uint8Array): number {
  const isHigh = (at: number): boolean => (bytes[at] ?? 0) >= 0x80;
  let high = 0;
  let alone = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (!isHigh(at)) continue;
    high += 1;
    if (!isHigh(at - 1) && !isHigh(at + 1)) alone += 1;
  }
  return high === 0 ? 0 : alone / high;
}
