import type { Committed } from './commitments.ts';

/** GSM8K's mark: `#### 18`. The same signs make a heading, so nothing but a value and its unit may follow. */
const HASHES = /####+[ \t]*([^\n]{0,200})/g;
const HEADING = /^(?:\d{1,2}[.)、:：][ \t]*\p{L}|[^\d\n]{0,40}[:：]\s*$|step\b|步骤|第)/iu;
const MANY_WORDS = /(?:[A-Za-z]{2,}[^A-Za-z\n]+){5}/;

export function hashes(text: string): readonly Committed[] {
  const found: Committed[] = [];
  for (const match of text.matchAll(HASHES)) {
    const line = match[1] ?? '';
    if (line.trim() === '' || HEADING.test(line) || MANY_WORDS.test(line)) continue;
    const end = match.index + match[0].length;
    found.push({ kind: 'hashes', start: end - line.length, end, opens: match.index, unitText: '', closed: false });
  }
  return found;
}
