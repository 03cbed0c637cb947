import type { WorkerEvent } from '../protocol.ts';

/**
 * A message for every token of a fast model takes time from the model (up to a millisecond each, where the model's
 * threads fill the cores), and nobody reads faster than thirty pieces in a second.
 */
const PIECE_MS = 33;

export interface Pieces {
  /** Sends the text of so many tokens at once, or together with what follows within PIECE_MS. */
  add(text: string, tokens?: number): void;
  /** Sends what is left; the whole text. */
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
  send: (text: string, tokens: number) => void,
  { eachToken = false, now = () => performance.now() }: PiecesOptions = {},
): Pieces {
  let whole = '';
  let held = '';
  let heldTokens = 0;
  let last = -Infinity;

  function flush(): void {
    if (held === '') return;
    send(held, heldTokens);
    held = '';
    heldTokens = 0;
    last = now();
  }

  return {
    add(text, tokens = 1) {
      whole += text;
      held += text;
      heldTokens += tokens;
      if (eachToken || now() - last >= PIECE_MS) flush();
    },
    end() {
      flush();
      return whole;
    },
  };
}

export function tokenEvent(text: string, tokens: number): WorkerEvent {
  return { type: 'token', text, ...(tokens === 1 ? {} : { tokens }) };
}
