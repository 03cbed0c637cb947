import { broken, jsonEntry, LONGEST_ENTRY, type Cutter, type Entry } from './entry.ts';

/**
 * The elements of a JSON list, one after the other, without ever holding the whole file: the list is the file itself or
 * the value of its key "data" (SQuAD). A scan of brackets and quotes finds where an element ends; JSON.parse reads it.
 */
export function elementCutter(): Cutter {
  const scan = new BracketScan();
  return { push: (piece) => scan.push(piece), end: () => scan.end() };
}

const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;
const COMMA = 44;
const OPEN_LIST = 91;
const OPEN_OBJECT = 123;
const CLOSE_LIST = 93;
const CLOSE_OBJECT = 125;
const SPACE = 32;

class BracketScan {
  /** What is not given out yet: from the beginning of the element or the string that is being read. */
  #text = '';
  /** Place in `#text` of the next character to look at. */
  #at = 0;
  /** Where the current element begins in `#text`; -1 between elements. */
  #start = -1;
  #startLine = 1;
  #line = 1;
  #depth = 0;
  /** Depth inside the list; 0 until it is found, Infinity after its end. */
  #listDepth = 0;
  #inString = false;
  #escaped = false;
  #stringStart = -1;
  /** The last string at depth 1: the key of what follows. */
  #key = '';

  push(piece: string): readonly Entry[] {
    this.#text += piece;
    const found: Entry[] = [];
    for (; this.#at < this.#text.length; this.#at += 1) this.#step(this.#text.charCodeAt(this.#at), found);
    this.#forget();
    if (this.#text.length > LONGEST_ENTRY) {
      found.push(broken(this.#startLine, 'entry-too-long', { most: String(LONGEST_ENTRY) }));
      this.#listDepth = Infinity;
      this.#start = -1;
      this.#forget();
    }
    return found;
  }

  end(): readonly Entry[] {
    if (this.#listDepth === 0) return [broken(1, 'no-list')];
    return this.#listDepth === Infinity ? [] : [broken(this.#start < 0 ? this.#line : this.#startLine, 'unfinished')];
  }

  #step(code: number, found: Entry[]): void {
    if (code === NEWLINE) this.#line += 1;
    if (this.#inString) this.#stepInString(code);
    else if (code === QUOTE) this.#openString();
    else if (code === OPEN_LIST || code === OPEN_OBJECT) this.#open(code);
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) this.#close(found);
    else if (code === COMMA && this.#depth === this.#listDepth) this.#give(found);
    else if (code > SPACE) this.#begin();
  }

  #stepInString(code: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (code === BACKSLASH) this.#escaped = true;
    else if (code === QUOTE) {
      this.#inString = false;
      if (this.#depth === 1 && this.#listDepth === 0) this.#key = this.#text.slice(this.#stringStart + 1, this.#at);
      this.#stringStart = -1;
    }
  }

  #openString(): void {
    this.#begin();
    this.#inString = true;
    this.#stringStart = this.#at;
  }

  #open(code: number): void {
    this.#begin();
    this.#depth += 1;
    const isList = code === OPEN_LIST && (this.#depth === 1 || (this.#depth === 2 && this.#key === 'data'));
    if (this.#listDepth === 0 && isList) this.#listDepth = this.#depth;
  }

  #close(found: Entry[]): void {
    if (this.#depth === this.#listDepth) {
      this.#give(found);
      this.#listDepth = Infinity;
    }
    this.#depth -= 1;
  }

  /** An element begins with the first character inside the list that is no space. */
  #begin(): void {
    if (this.#start >= 0 || this.#depth !== this.#listDepth || this.#listDepth === 0) return;
    this.#start = this.#at;
    this.#startLine = this.#line;
  }

  #give(found: Entry[]): void {
    if (this.#start >= 0) found.push(jsonEntry(this.#text.slice(this.#start, this.#at), this.#startLine));
    this.#start = -1;
  }

  /** Drops the text that nothing refers to any more. */
  #forget(): void {
    const kept =
      this.#start >= 0 ? this.#start : this.#stringStart >= 0 && this.#listDepth === 0 ? this.#stringStart : this.#at;
    this.#text = this.#text.slice(kept);
    this.#at -= kept;
    if (this.#start >= 0) this.#start -= kept;
    if (this.#stringStart >= 0) this.#stringStart -= kept;
  }
}
