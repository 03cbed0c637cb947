/**
 * Where the thinking behind a wrong answer went wrong, computed from the text of the thinking alone, each with its
 * place. What is found is a place to look at, not a proof: a thinking text need not be how the model came to its
 * answer.
 */
import { clean } from '../extract/text/clean.ts';
import { originalSpan, type Mapped } from '../extract/text/mapped.ts';
import { findThinking } from '../extract/text/thinking.ts';
import type { Gold } from '../suite.ts';
import type { Span, Verdict } from '../verdict.ts';
import type { Finding } from './findings.ts';
import { digitsOf, KnownNumbers } from './numbers.ts';
import { lastStatement } from './reached.ts';
import { stepsOf, type Step } from './steps.ts';

export interface ThinkingInput {
  /** The raw output, thinking included. */
  readonly output: string;
  /** As in `GradeInput`. */
  readonly opened?: boolean;
  readonly verdict: Verdict;
  readonly gold: Gold;
  readonly question: string;
  /** Null where the item has none: then numbers are not looked for in it. */
  readonly passage: string | null;
}

/** A stretch of thinking, cleaned, with what was calculated in it. */
interface Block {
  readonly mapped: Mapped;
  /** Where it begins in the output. */
  readonly offset: number;
  readonly steps: readonly Step[];
}

/** Findings of one kind that are worth a look; the first ones. */
const MOST_OF_A_KIND = 5;

/** In the order of `BUCKETS`; empty for a right answer, and for an output without thinking. Never throws. */
export function whereItWentWrong(input: ThinkingInput): readonly Finding[] {
  const { output, verdict, gold } = input;
  if (verdict.kind === 'unscored' || (verdict.kind === 'graded' && verdict.correct)) return [];
  const spans = findThinking(output, input.opened).removed;
  const blocks = spans.map(({ start, end }): Block => {
    const mapped = clean(output.slice(start, end));
    return { mapped, offset: start, steps: stepsOf(mapped.text) };
  });
  if (blocks.every(({ mapped }) => mapped.text.trim() === '')) return [];
  const found = (bucket: Finding['bucket'], block: Block, start: number, end: number): Finding => {
    const span = originalSpan(block.mapped, start, end);
    const inOutput = { start: span.start + block.offset, end: span.end + block.offset };
    return { bucket, span: inOutput, text: output.slice(inOutput.start, inOutput.end) };
  };
  const reached = blocks.flatMap((block) => {
    const place = lastStatement(block.mapped.text, gold);
    return place === null ? [] : [found('gold-abandoned', block, place.start, place.end)];
  });
  const falseSteps = blocks.flatMap((block) =>
    block.steps
      .filter(({ holds }) => !holds)
      .map(({ start, end, value }) => ({ ...found('false-step', block, start, end), right: value })),
  );
  return [
    ...reached.slice(-1),
    ...answerPlaces(input, blocks, found),
    ...strangers(input, blocks, found),
    ...falseSteps.slice(0, MOST_OF_A_KIND),
    ...(verdict.kind === 'truncated' ? [endOf(output, spans)] : []),
  ];
}

type Found = (bucket: Finding['bucket'], block: Block, start: number, end: number) => Finding;

/** Where the thinking first has the number that the grader found in another row or year of the passage. */
function answerPlaces({ output, verdict }: ThinkingInput, blocks: readonly Block[], found: Found): readonly Finding[] {
  if (verdict.kind !== 'graded' || verdict.correct || verdict.reason !== 'wrong-row-or-year') return [];
  const { span } = verdict.answer;
  const text = output.slice(span.start, span.end);
  const [answer] = digitsOf(clean(text).text);
  for (const block of blocks) {
    for (const place of digitsOf(block.mapped.text)) {
      if (place.significant === answer?.significant) return [found('wrong-row-or-year', block, place.start, place.end)];
    }
  }
  return [{ bucket: 'wrong-row-or-year', span, text }];
}

/**
 * Numbers that nothing explains: not in passage or question, not what a written step gives. Of short ones only the
 * answer counts: thinking is full of small numbers that mean nothing.
 */
function strangers(input: ThinkingInput, blocks: readonly Block[], found: Found): readonly Finding[] {
  const { passage, question, gold, verdict, output } = input;
  if (passage === null) return [];
  const known = new KnownNumbers(passage, question, gold.value);
  for (const { mapped, steps } of blocks) {
    for (const { result, value } of steps) known.learn(`${mapped.text.slice(result.start, result.end)} ${value}`);
  }
  const said = verdict.kind === 'graded' ? output.slice(verdict.answer.span.start, verdict.answer.span.end) : '';
  const answers = new Set([...digitsOf(clean(said).text)].map(({ significant }) => significant));
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const block of blocks) {
    for (const place of digitsOf(block.mapped.text)) {
      const { significant } = place;
      const least = answers.has(significant) ? 2 : 4;
      if (significant.length < least || seen.has(significant) || known.has(place)) continue;
      seen.add(significant);
      findings.push(found('not-in-passage', block, place.start, place.end));
      if (findings.length === MOST_OF_A_KIND) return findings;
    }
  }
  return findings;
}

/** Units of the end of the thinking that are shown for where the tokens ran out. */
const LAST_WORDS = 80;
const OPENING = /^\s{0,20}(?:<[^<>\n]{1,40}>|\[THINK\]|◁think▷)\s{0,20}/;
const CLOSING = /(?:<[^<>\n]{1,40}>|\[\/THINK\]|◁\/think▷)?$/;

function endOf(output: string, spans: readonly Span[]): Finding {
  const last = spans.at(-1) ?? { start: 0, end: output.length };
  const text = output.slice(last.start, last.end);
  const start = last.start + (OPENING.exec(text)?.[0].length ?? 0);
  const end = last.start + text.replace(CLOSING, '').length;
  const span = { start: Math.min(end, Math.max(start, end - LAST_WORDS)), end };
  return { bucket: 'budget', span, text: output.slice(span.start, span.end) };
}
