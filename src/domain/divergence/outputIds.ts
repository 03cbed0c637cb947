/**
 * The token ids of an output as one text, because records are JSON and an array of numbers would take twice the room:
 * each id in digits of five bits, lowest first, written in base64's alphabet, with the sixth bit where the id goes on
 * (the variable-length quantities of source maps, ECMA-426, without a sign). An id of a vocabulary of 150,000 takes
 * three to four characters, about as many as its text: 1,000 outputs of 4,000 tokens take 14 MB beside their 16 MB.
 */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE = 32;

/** `ids`: whole numbers from 0. */
export function encodeIds(ids: readonly number[]): string {
  let text = '';
  for (const id of ids) {
    let left = id;
    for (; left >= BASE; left = Math.floor(left / BASE)) text += DIGITS.charAt(BASE + (left % BASE));
    text += DIGITS.charAt(left);
  }
  return text;
}

/** What `encodeIds` was given. `text` has passed the schema. */
export function decodeIds(text: string): number[] {
  const ids: number[] = [];
  let id = 0;
  let unit = 1;
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    id += (digit % BASE) * unit;
    unit *= BASE;
    if (digit >= BASE) continue;
    ids.push(id);
    id = 0;
    unit = 1;
  }
  return ids;
}

/** How many ids end in `text`, which may stop in the middle of one. Nothing is decoded for that. */
export function countIds(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (endsId(text.charCodeAt(at))) count += 1;
  return count;
}

/** Whether this is one of the first 32 digits: A to Z, a to f. */
function endsId(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 102);
}
