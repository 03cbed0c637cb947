/**
 * Questions about one passage are asked one after the other, and their prompts begin alike. So the cache of an answer is
 * kept until the next prompt is there: what both share, token for token, is not computed again. Nobody has to say
 * beforehand that something will be shared, a passage with one question costs nothing more, and no second cache is ever
 * held: the kept one becomes the next one.
 */
import type { Decoding } from './decoding.ts';

/**
 * Fewer shared tokens are not worth it: most prompts of a model share the first words of its template, and an answer
 * should depend on its own prompt only, down to the last bit, wherever that costs nothing.
 */
export const LEAST_SHARED = 32;

export interface Started {
  readonly decoding: Decoding;
  /** How many of the prompt's tokens are in its cache already. */
  readonly reused: number;
}

export interface KeptPrefix {
  /** A decoding for this prompt; it is the caller's from here on. What was kept is in it, or has been given back. */
  start(promptIds: readonly number[]): Promise<Started>;
  /** Takes an ended answer's decoding over. `ids`: all tokens that its cache holds. */
  keep(decoding: Decoding, ids: readonly number[]): Promise<void>;
}

/** `longest`: sequences that are longer share nothing; see `rotationLimit`. 0: nothing is ever kept. */
export function keptPrefix(startDecoding: () => Decoding, longest: number): KeptPrefix {
  let kept: { readonly decoding: Decoding; readonly ids: readonly number[] } | null = null;
  return {
    async start(promptIds) {
      const last = kept;
      kept = null;
      if (last === null) return { decoding: startDecoding(), reused: 0 };
      // At least one token is computed: the logits after the prompt are those of its last one.
      const shared = Math.min(sharedLength(last.ids, promptIds), promptIds.length - 1);
      const fits = shared >= LEAST_SHARED && promptIds.length <= longest;
      if (fits && cropped(last.decoding, shared)) return { decoding: last.decoding, reused: shared };
      await last.decoding.end();
      return { decoding: startDecoding(), reused: 0 };
    },
    async keep(decoding, ids) {
      await kept?.decoding.end();
      kept = null;
      if (ids.length < LEAST_SHARED || ids.length > longest) await decoding.end();
      else kept = { decoding, ids: [...ids] };
    },
  };
}

/** Where there is no memory for the copy either, the prompt is read whole: that needs less. */
function cropped(decoding: Decoding, length: number): boolean {
  try {
    return decoding.crop(length);
  } catch {
    return false;
  }
}

/** Tokens and not text are compared: a token may reach over the end of the text that two prompts share. */
function sharedLength(a: readonly number[], b: readonly number[]): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a[length] === b[length]) length += 1;
  return length;
}

/**
 * Phi-3's "longrope" turns keys by other factors once a sequence is longer than it was trained for at first: keys that
 * were computed in a shorter one would be wrong there. Tokens; Infinity for all other models.
 */
export function rotationLimit(config: unknown): number {
  const { rope_scaling: scaling, original_max_position_embeddings: limit } = config as {
    readonly rope_scaling?: { readonly type?: unknown; readonly rope_type?: unknown } | null;
    readonly original_max_position_embeddings?: unknown;
  };
  const kind = scaling?.rope_type ?? scaling?.type;
  return (kind === 'longrope' || kind === 'su') && typeof limit === 'number' ? limit : Infinity;
}
