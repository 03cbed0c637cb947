import type { WorkerEvent } from '../protocol.ts';

/** The page shows a frame at a time: a message for every token of a fast model would only take time from the model. */
const FRAME_MS = 16;

export interface Pieces {
  /** Sends the text of so many tokens at once, or together with what follows within a frame. */
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
      if (eachToken || now() - last >= FRAME_MS) flush();
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
