import { clean } from '../extract/text/clean.ts';
import { findCommitments } from '../extract/commitments/commitments.ts';
import { endsInLoop } from '../extract/text/loop.ts';
import { originalSpan } from '../extract/text/mapped.ts';
import { Sentences } from '../extract/text/sentences.ts';
import { visiblePart } from '../extract/text/visible.ts';
import type { Extraction, Note, Verdict } from '../verdict.ts';
import type { Grader, GradeInput } from './grader.ts';
import { abstention } from './text/abstained.ts';
import { answerStretches, type Stretch, trimmed } from './text/answerText.ts';
import { cmrcF1, squadF1 } from './text/metrics.ts';
import { normaliseSpan } from './text/normalise.ts';
import { POLAR, polarWords } from './text/polar.ts';
import { affirmed, withoutAside, withoutLead, withoutOpener, withoutPronoun, withoutTail } from './text/wrapping.ts';

/** Grades spans of text: exact match after normalisation, never containment. Takes every gold. */
export const span: Grader = {
  id: 'span',
  version: '5',
  handles: () => true,
  grade: gradeSpan,
};

const UNANSWERABLE =
  /^(?:unanswerable|no answer|not answerable|not mentioned|n\/a|无法回答|不可回答|无答案|未提及|没有提到|文中没有提到|文中未提及|文中没有提及)$/;

function gradeSpan(input: GradeInput): Verdict {
  const { gold, output } = input;
  const visible = visiblePart(input, false, input.question ?? '');
  const mapped = clean(visible.text);
  const { text } = mapped;
  const { notes } = visible;
  const finish = visible.cut ? 'stop' : input.finish;
  if (text.trim() === '') return nothing(visible.unclosedThinking, output, finish, notes);
  const sentences = new Sentences(text);
  const { stretches, committed } = answerStretches(text, findCommitments(visible.text, mapped, sentences), sentences);
  const [main] = stretches;
  if (main.start >= main.end) return nothing(visible.unclosedThinking, output, finish, notes);
  const isOpen = committed === null || (!committed.closed && text.slice(committed.end).trim() === '');
  if (finish === 'length' && isOpen) {
    return endsInLoop(text) && committed === null
      ? { kind: 'noAnswer', reason: 'loop', notes }
      : { kind: 'truncated', where: visible.unclosedThinking ? 'thinking' : 'answer', notes };
  }
  const extraction = (s: Stretch, extra: readonly Note[]): Extraction => {
    const at = originalSpan(mapped, s.start, s.end);
    const answer = { span: at, text: output.slice(at.start, at.end) };
    const cut: readonly Note[] = finish === 'length' ? [{ code: 'answer-before-the-cut', params: {} }] : [];
    return { answer, commitment: committed?.kind ?? 'whole-output', rejected: [], notes: [...notes, ...extra, ...cut] };
  };
  const question = clean(input.question ?? '').text;
  const right = [gold.value, ...(gold.aliases ?? [])];
  const said = abstention(text.slice(main.start, main.end), question);
  const candidates = said.kind === 'of-a-detail' ? [trimmed(text, main.start + said.start, main.start + said.end)] : [];
  const matched = [...stretches, ...candidates].find((s) => isRight(text.slice(s.start, s.end), right, question));
  if (matched !== undefined) {
    return { kind: 'graded', correct: true, ...extraction(matched, [{ code: 'normalised-text', params: {} }]) };
  }
  const answer = text.slice(main.start, main.end);
  if (said.kind === 'whole') {
    const note: Note = { code: 'abstained', params: {} };
    return UNANSWERABLE.test(normaliseSpan(gold.value))
      ? { kind: 'graded', correct: true, ...extraction(main, [note]) }
      : { kind: 'noAnswer', reason: 'abstained', notes: [...notes, note] };
  }
  const reason = /\bor\b|或/i.test(answer) && contains(answer, right) ? 'hedge' : 'wrong-value';
  return { kind: 'graded', correct: false, reason, ...extraction(main, overlapNote(answer, right, input.language)) };
}

function nothing(unclosed: boolean, output: string, finish: 'stop' | 'length', notes: readonly Note[]): Verdict {
  if (finish === 'length') return { kind: 'truncated', where: unclosed ? 'thinking' : 'answer', notes };
  if (unclosed) return { kind: 'noAnswer', reason: 'unclosed-thinking', notes };
  return { kind: 'noAnswer', reason: output.trim() === '' ? 'empty' : 'nothing-found', notes };
}

/** Whether a stretch, read in one of the ways a sentence may wrap its answer, is one of the right spans. */
function isRight(answer: string, right: readonly string[], question: string): boolean {
  const golds = new Set(right.map((g) => withoutParticle(normaliseSpan(g))).filter((g) => g !== ''));
  const isGold = (said: string): boolean => golds.has(withoutParticle(normaliseSpan(said)));
  const words = [...golds].some((g) => POLAR.test(g)) ? polarWords(answer) : null;
  return (words ?? readings(answer, question)).some(isGold);
}

/** How many layers a sentence may wrap round its answer: an opener, a lead, an aside. */
const LAYERS = 3;

/** A longer text is no wrapped span, in UTF-16 units. */
const LONGEST = 600;

function readings(answer: string, question: string): readonly string[] {
  const all = new Set([answer]);
  if (answer.length > LONGEST) return [answer];
  for (let layer = 0, outer: readonly string[] = [answer]; layer < LAYERS; layer++) {
    outer = outer.flatMap((said) =>
      [
        withoutOpener(said),
        affirmed(said),
        withoutLead(said, question),
        withoutPronoun(said),
        withoutTail(said, question),
        withoutAside(said, question),
      ].filter((r) => r !== null && !all.has(r)),
    ) as readonly string[];
    for (const said of outer) all.add(said);
  }
  return [...all];
}

/** 是的 says no more than 是. */
function withoutParticle(normalised: string): string {
  return /^(?:是|对|不是|不对)的$/.test(normalised) ? normalised.slice(0, -1) : normalised;
}

function contains(answer: string, right: readonly string[]): boolean {
  const normalised = normaliseSpan(answer);
  return right.some((g) => normaliseSpan(g) !== '' && normalised.includes(normaliseSpan(g)));
}

function overlapNote(answer: string, right: readonly string[], language: GradeInput['language']): readonly Note[] {
  const [metric, score] = language === 'en' ? (['SQuAD F1', squadF1] as const) : (['CMRC F1', cmrcF1] as const);
  const best = Math.max(...right.map((g) => score(answer, g)));
  return [{ code: 'overlap', params: { metric, percent: String(Math.round(best * 100)) } }];
}
