import { findThinking } from '../extract/text/thinking.ts';
import type { FinishReason } from '../verdict.ts';

/** How much of an output is thinking, and whether it ends there. */
export interface ItemThinking {
  /** The tags that open and close a block are among them. */
  readonly tokens: number;
  /** The output ends inside the thinking, because a budget was spent: no answer came. */
  readonly cut: boolean;
}

/** Most tokens of each part of an output. */
export interface OutputLimits {
  readonly thinking: number;
  readonly answer: number;
}

/** What ends a tag, or stands for one: only there a block can begin or end. */
const MAY_TURN = /[\w|]>|\]|▷|final|thought/gi;
/** The longest of them, which tokens may cut anywhere. */
const LONGEST_TURN = 7;
const TAGS = /<[^<>]{0,30}>|\[\/?THINK\]|◁\/?think▷/gi;

/**
 * Tells thinking from answer while an output is being written, and counts the tokens of each. The output is read again
 * only where a piece may end a tag: following a long one costs little more than reading it once.
 */
export class ThinkingMeter {
  readonly #opened: boolean;
  readonly #pieces: { readonly end: number; readonly tokens: number }[] = [];
  #output = '';
  /** Its last characters: to take them from the whole, which grows by pieces, would copy all of it every time. */
  #tail = '';
  #tokens = 0;
  #thinking = 0;
  #inside: boolean;

  /** `opened`: the prompt ends inside a block that it opened (`opensThinking`). */
  constructor(opened: boolean) {
    this.#opened = opened;
    this.#inside = opened;
  }

  get output(): string {
    return this.#output;
  }

  /** Of thinking and answer together. */
  get tokens(): number {
    return this.#tokens;
  }

  add(text: string, tokens: number): void {
    this.#output += text;
    this.#tokens += tokens;
    this.#pieces.push({ end: this.#output.length, tokens });
    this.#tail += text;
    if (this.#mayTurn(text.length)) this.#read();
    else if (this.#inside) this.#thinking += tokens;
  }

  /** Whether the part that is being written has used up what it may have. */
  isSpent({ thinking, answer }: OutputLimits): boolean {
    return this.#inside ? this.#thinking >= thinking : this.#tokens - this.#thinking >= answer;
  }

  /**
   * Null where the output has no thinking. `outputTokens`: as the engine counted them, null where it does not tell. A
   * server may send several tokens in one piece: then the thinking has its share of what the server counted.
   */
  end(finish: FinishReason, outputTokens: number | null): ItemThinking | null {
    if (!this.#read()) return null;
    // An end token has no text and may be counted.
    const inPieces = outputTokens !== null && outputTokens > this.#tokens + 1;
    const tokens = inPieces ? Math.round((this.#thinking * outputTokens) / this.#tokens) : this.#thinking;
    return { tokens, cut: this.#inside && finish === 'length' };
  }

  /** Whether something that may begin or end a block ends in the last so many characters. */
  #mayTurn(added: number): boolean {
    const tail = this.#tail;
    this.#tail = tail.slice(-LONGEST_TURN);
    return [...tail.matchAll(MAY_TURN)].some(({ index, 0: { length } }) => index + length > tail.length - added);
  }

  /** Finds out anew what is thinking. False: nothing but empty blocks. */
  #read(): boolean {
    const { removed, unclosed } = findThinking(this.#output, this.#opened);
    let at = 0;
    this.#inside = unclosed;
    this.#thinking = 0;
    for (const { end, tokens } of this.#pieces) {
      while (at < removed.length && (removed[at]?.end ?? 0) < end) at += 1;
      if (end > (removed[at]?.start ?? Infinity)) this.#thinking += tokens;
    }
    return removed.some(({ start, end }) => this.#output.slice(start, end).replace(TAGS, '').trim() !== '');
  }
}
