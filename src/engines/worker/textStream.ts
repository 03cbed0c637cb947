/**
 * Text from tokens as they come. A character may be spread over several tokens (one Chinese character over up to four),
 * so a piece is held back until it decodes to whole characters. The pieces joined are the whole text.
 */
export interface TextStream {
  /** The text that this token completes; "" where a character is still open. */
  add(tokenId: number): string;
  /** What is left, incomplete characters as U+FFFD. */
  end(): string;
}

/**
 * `decode` must keep white space as it is. Each piece is decoded together with the piece before it, because some
 * tokenizers drop the space in front of a text's first word: the cost of a token does not grow with the output.
 */
export function textStream(decode: (ids: number[]) => string): TextStream {
  let before: number[] = [];
  let open: number[] = [];

  function flush(): string {
    const known = decode(before);
    const text = decode([...before, ...open]);
    before = open;
    open = [];
    return text.slice(known.length);
  }

  return {
    add(tokenId) {
      open.push(tokenId);
      return decode([...before, ...open]).endsWith('\uFFFD') ? '' : flush();
    },
    end: () => (open.length === 0 ? '' : flush()),
  };
}
