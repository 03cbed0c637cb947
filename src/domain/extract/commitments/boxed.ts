import type { VisibleCommitment } from './commitments.ts';

const BOX = /\\?(?:boxed|fbox)\s{0,2}\{/g;

/** Contents of `\boxed{…}`, with braces inside counted. One left open ends at its line. */
export function boxes(text: string): readonly VisibleCommitment[] {
  const found: VisibleCommitment[] = [];
  let readUntil = 0;
  for (const match of text.matchAll(BOX)) {
    if (match.index < readUntil) continue;
    const start = match.index + match[0].length;
    let depth = 1;
    let at = start;
    for (; at < text.length && depth > 0 && text[at] !== '\n'; at++) {
      if (text[at] === '{') depth++;
      else if (text[at] === '}') depth--;
    }
    const closed = depth === 0;
    found.push({ start, end: closed ? at - 1 : at, unitText: '', closed });
    readUntil = at;
  }
  return found;
}
