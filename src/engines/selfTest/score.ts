/** How a loaded model reads the fixed texts: the log-likelihood of each token, and the token it would have said. */
import { sha256Hex } from '#domain';
import { texts } from './texts.json';

export interface TextScores {
  readonly id: string;
  /** SHA-256 over the token ids, comma-separated. */
  readonly idsHash: string;
  /** Natural logarithm of the probability of each token but the first, given those before it. */
  readonly logProbs: readonly number[];
  /** The most probable token at each of these places. */
  readonly best: readonly number[];
}

/** What an engine must offer for its builds to be tested. */
export interface Scorer {
  encode(text: string): number[];
  /** The logits after each of `ids`, row behind row. */
  logits(ids: readonly number[]): Promise<Float32Array>;
  /** The way in which answers are made: what was there at the last call is in the cache. */
  start(): { next(ids: readonly number[]): Promise<{ readonly logits: Float32Array }>; end(): Promise<void> };
}

/**
 * Tokens of one text that are read with a cache and one at a time, as answers are made: other kernels do that than those
 * that read a whole prompt. From 36 on, because the known defect of narrow subgroups begins at 32.
 */
const DECODED = { from: 36, tokens: 4 };

export async function scoreTexts(model: Scorer): Promise<readonly TextScores[]> {
  const all: TextScores[] = [];
  let decoded = false;
  for (const { id, text } of texts) {
    const ids = model.encode(text);
    const rows = rowsOf(await model.logits(ids), ids.length);
    if (!decoded && ids.length > DECODED.from + DECODED.tokens) {
      decoded = true;
      await replaceDecoded(model, ids, rows);
    }
    const next = ids.slice(1);
    const logProbs = next.map((token, place) => logProbability(rows[place], token));
    const best = next.map((_, place) => greatest(rows[place]));
    all.push({ id, idsHash: sha256Hex(ids.join(',')), logProbs, best });
  }
  return all;
}

async function replaceDecoded(model: Scorer, ids: readonly number[], rows: Float32Array[]): Promise<void> {
  const decoding = model.start();
  try {
    for (let length = DECODED.from; length < DECODED.from + DECODED.tokens; length += 1) {
      const { logits } = await decoding.next(ids.slice(0, length));
      // Valid until the next call only.
      rows[length - 1] = logits.slice();
    }
  } finally {
    await decoding.end();
  }
}

function rowsOf(logits: Float32Array, tokens: number): Float32Array[] {
  const width = logits.length / tokens;
  return Array.from({ length: tokens }, (_, i) => logits.subarray(i * width, (i + 1) * width));
}

/** log softmax, in double precision: the sums of a whole vocabulary would lose digits in single. */
function logProbability(row: Float32Array | undefined, token: number): number {
  if (row === undefined) return NaN;
  const top = row[greatest(row)] ?? NaN;
  let sum = 0;
  for (const logit of row) sum += Math.exp(logit - top);
  return (row[token] ?? NaN) - top - Math.log(sum);
}

function greatest(row: Float32Array | undefined): number {
  let best = 0;
  row?.forEach((logit, id) => {
    if (logit > (row[best] ?? -Infinity)) best = id;
  });
  return best;
}
