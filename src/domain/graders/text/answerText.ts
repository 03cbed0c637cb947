import type { Committed } from '../../extract/commitments.ts';
import type { Sentences } from '../../extract/sentences.ts';

/** A stretch of the cleaned text that may be the whole answer. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const EDGE = /[\s"'“”「」『』《》<>:：,，]/;
const EXPLAINS =
  /^\s*(?:because|since|as |this is|explanation|reason|according|the (?:passage|text|article|context)|based on|因为|由于|根据|理由|解释|说明|依据|文中|原文|文章|材料)/i;
const CORRECTS = /^\s*(?:no\b|wait|actually|sorry|correction|or\b|不对|不，|等等|更正|抱歉|或)/i;

/**
 * The stretches of a text that each are, alone, what was answered: they differ in where the answer is taken to end
 * ("Apple Inc. is…" has a dot that ends nothing). The last commitment wins; without one, the whole text answers, or
 * its first sentence where the rest only explains it.
 */
export function answerStretches(
  text: string,
  commitments: readonly Committed[],
  sentences: Sentences,
): { readonly stretches: readonly [Stretch, ...Stretch[]]; readonly committed: Committed | null } {
  const committed = commitments.filter((c) => text.slice(c.start, c.end).trim() !== '').at(-1) ?? null;
  if (committed === null) return { stretches: uncommitted(text, sentences), committed };
  const main = trimmed(text, committed.start, committed.end);
  if (committed.kind !== 'phrase') return { stretches: [main], committed };
  const line = text.indexOf('\n', committed.end);
  const toLine = trimmed(text, committed.start, line < 0 ? text.length : line);
  // "Beijing. No, Shanghai.": what follows takes it back.
  if (CORRECTS.test(text.slice(committed.end, committed.end + 20))) return { stretches: [toLine], committed };
  return { stretches: [main, toLine], committed };
}

function uncommitted(text: string, sentences: Sentences): readonly [Stretch, ...Stretch[]] {
  const whole = trimmed(text, 0, text.length);
  const end = sentences.endAt(whole.start);
  const rest = text.slice(end, end + 40);
  return EXPLAINS.test(rest) ? [whole, trimmed(text, whole.start, end)] : [whole];
}

function trimmed(text: string, start: number, end: number): Stretch {
  let [from, to] = [start, end];
  while (from < to && EDGE.test(text[from] ?? '')) from++;
  while (to > from && (EDGE.test(text[to - 1] ?? '') || /[。.]/.test(text[to - 1] ?? ''))) to--;
  return { start: from, end: to };
}

const NOT_BUT = /^(?:it(?:'s| is) )?(?:not |不是|并非|并不是)(.{1,60}?)[,，]?\s?(?:but(?: rather)? |而是|是)(.+)$/i;
const RATHER = /^(.+?)[,，]?\s?(?:\bnot\b|\brather than\b|\binstead of\b|而不是|而非|不是)\s?(.{1,60})$/i;

/** "not Beijing but Shanghai", 上海而不是北京: the part that is affirmed. */
export function affirmed(answer: string): string | null {
  return NOT_BUT.exec(answer)?.[2] ?? RATHER.exec(answer)?.[1] ?? null;
}

/** "It's Paris." */
export function withoutPronoun(answer: string): string | null {
  return (
    /^(?:it|that|this|he|she|they)(?:'s|'re| is| was| are| were| would be)\s+(?!not\b)(.+)$/is.exec(answer)?.[1] ?? null
  );
}

const COPULA = /\s(?:is|was|are|were)\s|[是为]|[:：]/i;
const LEAD_WORDS = new Set('it this that he she they the a an its their of in for by answer'.split(' '));

/**
 * What is left of a sentence that repeats the question before it answers: "The capital of France is Paris" gives
 * "Paris". Everything before the verb must come from the question; a negation there gives nothing.
 */
export function withoutLead(answer: string, question: string): string | null {
  const match = COPULA.exec(` ${answer}`);
  if (match === null) return null;
  const lead = answer.slice(0, Math.max(0, match.index - 1)).toLowerCase();
  const rest = ` ${answer}`.slice(match.index + match[0].length).trim();
  if (/[不没非未无]|\bnot\b|n't/.test(lead) || rest === '') return null;
  const asked = question.toLowerCase();
  const words = new Set(asked.match(/[a-z0-9]+/g) ?? []);
  const known = (lead.match(/[a-z0-9]+/g) ?? []).every((w) => words.has(w) || LEAD_WORDS.has(w));
  return known &&
    [...lead.replace(/[^\u4e00-\u9fff]/g, '')].every((c) => asked.includes(c) || '它他她这那的'.includes(c))
    ? rest
    : null;
}
