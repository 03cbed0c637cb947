/** How near the end still counts as being there, in CSS pixels. */
const NEAR = 48;

/** What comes right behind the last words (figures, buttons) is followed too. Milliseconds. */
const AFTER_MS = 400;

/**
 * Keeps the end of what grows in sight, and lets go as soon as the reader scrolls up; back at the end it follows again.
 * `edge`: where the window's free part ends below, in CSS pixels from its upper edge.
 */
export class Following {
  /** Something is growing. */
  #on = $state(false);
  #active = $state(true);
  #element: HTMLElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #edge: () => number;

  constructor(edge: () => number) {
    this.#edge = edge;
  }

  /** The reader looks at something earlier while there is news below. */
  get left(): boolean {
    return this.#on && !this.#active;
  }

  begin(): void {
    clearTimeout(this.#timer);
    this.#on = true;
    this.toEnd();
  }

  end(): void {
    this.#timer = setTimeout(() => (this.#on = false), AFTER_MS);
  }

  toEnd(): void {
    this.#active = true;
    this.#scroll();
  }

  /** To be attached to the element that grows. */
  readonly attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    let last = window.scrollY;
    const moved = (): void => {
      // First: a page that shrinks moves up by itself, and is at its end then.
      if (this.#below() <= NEAR) this.#active = true;
      else if (window.scrollY < last) this.#active = false;
      last = window.scrollY;
    };
    const grown = new ResizeObserver(() => this.#scroll());
    grown.observe(element);
    window.addEventListener('scroll', moved, { passive: true });
    return () => {
      grown.disconnect();
      window.removeEventListener('scroll', moved);
      clearTimeout(this.#timer);
      this.#element = null;
    };
  };

  /** How far the end lies below what is seen. */
  #below(): number {
    return this.#element === null ? 0 : this.#element.getBoundingClientRect().bottom - this.#edge();
  }

  #scroll(): void {
    const below = this.#on && this.#active ? this.#below() : 0;
    if (below > 0) window.scrollBy({ top: below, behavior: 'instant' });
  }
}
