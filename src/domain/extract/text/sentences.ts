/** Ends of sentences. A dot ends one only where white space or nothing follows, and not behind an abbreviation. */
const SENTENCE_END = /[。！？!?；;\n]|(?<!\b(?:approx|ca|vs|est|inc|ltd|co|corp|no|rs))[.](?=\s|$)/gi;

/** Sentences of a text as a sorted list of ends (the index behind the mark), to be asked by position. */
export class Sentences {
  private readonly ends: readonly number[];
  constructor(text: string) {
    const ends: number[] = [];
    for (const match of text.matchAll(SENTENCE_END)) ends.push(match.index + match[0].length);
    ends.push(text.length);
    this.ends = ends;
  }

  /** Index of the sentence that holds `at`. */
  indexAt(at: number): number {
    let low = 0;
    let high = this.ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  start(index: number): number {
    return index <= 0 ? 0 : (this.ends[index - 1] ?? 0);
  }

  end(index: number): number {
    return this.ends[Math.min(index, this.ends.length - 1)] ?? 0;
  }

  endAt(at: number): number {
    return this.end(this.indexAt(at));
  }

  get count(): number {
    return this.ends.length;
  }
}
