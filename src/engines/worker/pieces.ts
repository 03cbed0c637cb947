import type { WorkerEvent } from '../protocol.ts';

/**
 * A message for every token of a fast model takes time from the model (up to a millisecond each, where the model's
 * threads fill the cores), and nobody reads faster than thirty pieces in a second.
 */
const PIECE_MS = 33;

/** What one step of an engine brings. */
export interface Piece {
  readonly text: string;
  /** How many it came of; absent: one. */
  readonly tokens?: number;
  /** Which ones; absent or empty: the engine does not tell. */
  readonly ids?: readonly number[];
}

export interface Pieces {
  /** Sends a piece at once, or together with what follows within PIECE_MS. */
  add(piece: Piece): void;
  /** Sends what is left, which may be tokens without a text; the whole text. */
  end(): string;
}

export interface PiecesOptions {
  /**
   * Every token goes by itself: whoever reads cuts the answer at a number of tokens, which must not depend on how many
   * of them a frame has.
   */
  readonly eachToken?: boolean;
  readonly now?: () => number;
}

export function pieces(
  send: (piece: Required<Piece>) => void,
  { eachToken = false, now = () => performance.now() }: PiecesOptions = {},
): Pieces {
  let whole = '';
  let held = '';
  let heldTokens = 0;
  let heldIds: number[] = [];
  let last = -Infinity;

  function flush(): void {
    send({ text: held, tokens: heldTokens, ids: heldIds });
    held = '';
    heldTokens = 0;
    heldIds = [];
    last = now();
  }

  return {
    add({ text, tokens = 1, ids = [] }) {
      whole += text;
      held += text;
      heldTokens += tokens;
      heldIds.push(...ids);
      if (held !== '' && (eachToken || now() - last >= PIECE_MS)) flush();
    },
    end() {
      if (held !== '' || heldIds.length > 0) flush();
      return whole;
    },
  };
}

export function tokenEvent({ text, tokens, ids }: Required<Piece>): WorkerEvent {
  return { type: 'token', text, ...(tokens === 1 ? {} : { tokens }), ...(ids.length === 0 ? {} : { ids }) };
}
