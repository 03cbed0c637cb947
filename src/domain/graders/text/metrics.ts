import { fold } from '../../extract/text/fold.ts';

/** Python's string.punctuation, which the SQuAD script strips. */
const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** SQuAD's normalize_answer (evaluate-v1.1.py): lower case, no ASCII punctuation, no articles, single spaces. */
function squadNormalise(text: string): string {
  return text
    .toLowerCase()
    .replace(ASCII_PUNCTUATION, '')
    .replace(/\b(?:a|an|the)\b/g, ' ')
    .split(/\s+/)
    .filter((w) => w !== '')
    .join(' ');
}

/** SQuAD exact match by its own script, known to make 3.5 equal 35: to be shown by name, never to decide a number. */
export function squadExact(answer: string, gold: string): boolean {
  return squadNormalise(answer) === squadNormalise(gold);
}

/** SQuAD F1: overlap of the multisets of tokens, 0 to 1. */
export function squadF1(answer: string, gold: string): number {
  return overlapF1(squadNormalise(answer).split(' '), squadNormalise(gold).split(' '));
}

function overlapF1(answer: readonly string[], gold: readonly string[]): number {
  const left = new Map<string, number>();
  for (const token of gold) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of answer) {
    const count = left.get(token) ?? 0;
    if (count > 0) shared++;
    left.set(token, count - 1);
  }
  return harmonic(shared, answer.length, gold.length);
}

/** CMRC's mixed segmentation (cmrc2018_evaluate.py): every Chinese character is a token, Latin words are words. */
export function cmrcTokens(text: string): readonly string[] {
  return [
    ...fold(text.normalize('NFKC'))
      .toLowerCase()
      .matchAll(/\p{Script=Han}|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu),
  ].map((m) => m[0]);
}

export function cmrcExact(answer: string, gold: string): boolean {
  return cmrcTokens(answer).join('') === cmrcTokens(gold).join('');
}

/** CMRC F1: longest common substring of tokens against both lengths, 0 to 1. */
export function cmrcF1(answer: string, gold: string): number {
  const a = cmrcTokens(answer).slice(0, MOST_TOKENS);
  const b = cmrcTokens(gold).slice(0, MOST_TOKENS);
  return harmonic(longestCommonRun(a, b), a.length, b.length);
}

/** Spans are short; a longer output is no span, and the table below grows with the product of both lengths. */
const MOST_TOKENS = 400;

function longestCommonRun(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  let before = new Array<number>(b.length + 1).fill(0);
  for (const token of a) {
    const here = new Array<number>(b.length + 1).fill(0);
    for (let j = 1; j <= b.length; j++) {
      if (b[j - 1] !== token) continue;
      here[j] = (before[j - 1] ?? 0) + 1;
      longest = Math.max(longest, here[j] ?? 0);
    }
    before = here;
  }
  return longest;
}

function harmonic(shared: number, answer: number, gold: number): number {
  if (shared === 0 || answer === 0 || gold === 0) return 0;
  const [precision, recall] = [shared / answer, shared / gold];
  return (2 * precision * recall) / (precision + recall);
}
