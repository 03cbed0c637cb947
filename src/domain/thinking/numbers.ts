import { fold } from '../extract/text/fold.ts';

export interface Digits {
  readonly start: number;
  readonly end: number;
  /** Without separators, point, leading and trailing zeros: what is left when scales are put aside. */
  readonly significant: string;
}

const NUMBER = /\d[\d,，]{0,40}(?:\.\d{1,20})?/g;

/** Every run of digits of a text, in order. */
export function* digitsOf(text: string): Generator<Digits> {
  for (const match of text.matchAll(NUMBER)) {
    const written = match[0].replace(/[,，]+$/, '');
    yield { start: match.index, end: match.index + written.length, significant: significantOf(written) };
  }
}

function significantOf(written: string): string {
  return written.replace(/[^\d]/g, '').replace(/^0+|0+$/g, '');
}

/**
 * Which numbers a reader of these texts can have taken from them: their own digits, and roundings of them to three
 * places or more (581.6亿 stands for 58,159,881千).
 */
export class KnownNumbers {
  readonly #known = new Set<string>();

  constructor(...texts: readonly string[]) {
    for (const text of texts) this.learn(text);
  }

  learn(text: string): void {
    for (const { significant } of digitsOf(fold(text))) {
      this.#known.add(significant);
      for (let places = 3; places < Math.min(significant.length, 20); places += 1) {
        this.#known.add(rounded(significant, places));
      }
    }
  }

  has({ significant }: Digits): boolean {
    return this.#known.has(significant);
  }
}

/** The first `places` digits, rounded by the next one. */
function rounded(digits: string, places: number): string {
  const up = (digits[places] ?? '0') >= '5' ? 1n : 0n;
  return significantOf(String(BigInt(digits.slice(0, places)) + up));
}
