import { richText, settledLength } from './richText.ts';

/** Milliseconds between two layouts of a text that grows: a few times a second, not with each token. */
const PAUSE_MS = 100;

/** A layout may take this share of the time, however long the text is: the rest is the reader's. */
const SHARE = 1 / 6;

/** A model's text in an element, while it grows and when it has ended. */
export class GrowingText {
  readonly #element: HTMLElement;
  /** What of the text is laid out for good, and stands in its own nodes. */
  #settled = '';
  /** Holds the block that is still growing. */
  readonly #tail: HTMLElement;
  #text = '';
  /** What is shown now; null: nothing yet. */
  #shown: { readonly text: string; readonly live: boolean } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = PAUSE_MS;

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#tail = element.ownerDocument.createElement('div');
    this.#tail.className = 'tail';
  }

  /** `live`: more is coming. */
  show(text: string, live: boolean): void {
    this.#text = text;
    if (!live) {
      this.end();
      this.#finish();
      return;
    }
    // The first words appear at once.
    if (this.#shown === null) this.#grow();
    else this.#timer ??= setTimeout(() => this.#grow(), this.#pause);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** What has grown here stays as it stands; only a definition at its end may make links of earlier words. */
  #finish(): void {
    const text = this.#text;
    if (this.#shown?.live === false && this.#shown.text === text) return;
    if (this.#shown?.live === true && text.startsWith(this.#settled) && !text.includes(']:')) this.#grow();
    else fill(this.#element, text);
    this.#shown = { text, live: false };
  }

  #grow(): void {
    this.#timer = undefined;
    const began = performance.now();
    const text = this.#text;
    // Another text than the one that was growing, or one that was shown as ended.
    if (this.#shown?.live !== true || !text.startsWith(this.#settled)) {
      this.#settled = '';
      this.#element.replaceChildren(this.#tail);
    }
    const open = text.slice(this.#settled.length);
    const cut = settledLength(open);
    if (cut > 0) {
      const block = this.#element.ownerDocument.createElement('div');
      block.className = 'settled';
      fill(block, open.slice(0, cut));
      this.#tail.before(block);
      this.#settled += open.slice(0, cut);
    }
    fill(this.#tail, open.slice(cut));
    this.#shown = { text, live: true };
    this.#pause = Math.max(PAUSE_MS, (performance.now() - began) / SHARE);
  }
}

function fill(element: HTMLElement, text: string): void {
  const fragment = richText(text);
  element.classList.toggle('plain', fragment === null);
  if (fragment === null) {
    element.textContent = text;
    return;
  }
  element.replaceChildren(fragment);
  if (element.querySelector('code.math') === null) return;
  // Where it cannot be fetched, the source of the formulas stays.
  import('./typeset.ts').then(
    ({ typeset }) => typeset(element),
    () => undefined,
  );
}
