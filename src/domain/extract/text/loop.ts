/** How much of the end is looked at for a loop, in UTF-16 units. */
const TAIL = 4000;
/** Repeated this far, in UTF-16 units, it is a loop whatever was said before. `withoutRepetition` leaves as much. */
const LOOPED = 600;

/**
 * Whether the text ends in a loop: its last part, half of it or more, is one piece of at most 200 units, said at least
 * four times. Linear: the prefix function (Knuth, Morris and Pratt) of the reversed tail gives its shortest period.
 */
export function endsInLoop(text: string): boolean {
  // A budget may run out within a character, of which a decoder leaves U+FFFD.
  const tail = [...text.slice(-TAIL).replace(/\ufffd\s*$/, '')].reverse();
  const border = new Array<number>(tail.length).fill(0);
  for (let i = 1; i < tail.length; i++) {
    let length = border[i - 1] ?? 0;
    while (length > 0 && tail[i] !== tail[length]) length = border[length - 1] ?? 0;
    if (tail[i] === tail[length]) length++;
    border[i] = length;
    const period = i + 1 - length;
    // Periodic this far from the end.
    const isMuch = (i + 1) * 2 >= tail.length || i + 1 >= LOOPED;
    if (period <= 200 && i + 1 >= period * 4 && isMuch && i + 1 >= 12) return true;
  }
  return false;
}
