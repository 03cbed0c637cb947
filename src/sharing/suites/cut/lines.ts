import { broken, jsonEntry, LONGEST_ENTRY, type Cutter, type Entry } from './entry.ts';

/** JSON Lines: a JSON value on each line; empty lines are nothing. */
export function lineCutter(): Cutter {
  let rest = '';
  let line = 1;
  /** Whether what comes belongs to a line that was given up. */
  let skipping = false;
  const entryOf = (text: string): readonly Entry[] => {
    const at = line;
    line += 1;
    if (skipping) {
      skipping = false;
      return [];
    }
    return text.trim() === '' ? [] : [jsonEntry(text, at)];
  };
  return {
    push(piece) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      const entries = lines.flatMap(entryOf);
      if (rest.length <= LONGEST_ENTRY) return entries;
      rest = '';
      if (skipping) return entries;
      skipping = true;
      return [...entries, broken(line, 'entry-too-long', { most: String(LONGEST_ENTRY) })];
    },
    end: () => entryOf(rest),
  };
}
