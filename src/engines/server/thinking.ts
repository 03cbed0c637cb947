/**
 * Thinking that a server sends apart from the answer, put back in front of it in the tags that models use: one output,
 * which the extraction reads as it reads any other. An answer that was cut while thinking keeps its block open.
 */
export class ThinkingText {
  #open = false;

  /** The text to append to the output. */
  add({ reasoning, content }: { readonly reasoning: string; readonly content: string }): string {
    let text = '';
    if (reasoning !== '') {
      text += this.#open ? reasoning : `<think>${reasoning}`;
      this.#open = true;
    }
    return content === '' ? text : text + this.close() + content;
  }

  /** What closes the block where it is open: before the answer, and at a proper end without one. */
  close(): string {
    if (!this.#open) return '';
    this.#open = false;
    return '</think>\n\n';
  }
}
