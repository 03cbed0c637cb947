import type { Span } from '../../verdict.ts';
import { fold } from './fold.ts';

/** What an answer may open with before it says the question again. */
const LABEL = /^[\s\0>*#"'“「【]{0,12}(?:(?:question|problem|q|问题|問題|题目|題目|问|問)[】*]{0,3}[ \t]?[:：])?/i;
/** Ends the question's sentence; an equals sign or a colon stays, because the sign of a number hangs on it. */
const CLOSING = /^[\s*"'”」]{0,4}(?:[?？!！。]|\.(?!\d))?[\s*"'”」]{0,4}/;
const SAID = /[\p{L}\p{N}]/u;
/** Fewer letters and digits than this may be an answer that only looks like the question. */
const LEAST = 4;
/** A question of nothing but a number would swallow its answer. */
const ASKS = /[\p{L}+*/=×÷-]/u;

/**
 * The question, or its last sentence, where the text starts by saying it again (once or several times): no part of the
 * answer. Spaces, punctuation, width and script do not count. Linear in the shorter of both, for each repetition.
 */
export function findEcho(visible: string, question: string): Span | null {
  const whole = question.trim();
  const forms = [whole, lastSentence(whole)].filter((form) => ASKS.test(form)).map(skeleton);
  const first = LABEL.exec(visible)?.[0].length ?? 0;
  let end = first;
  for (;;) {
    const next = forms.map((form) => (form.length < LEAST ? null : endOf(form, visible, end))).find((e) => e !== null);
    if (next == null) break;
    end = next + (CLOSING.exec(visible.slice(next, next + 12))?.[0].length ?? 0);
  }
  return end > first ? { start: 0, end } : null;
}

function lastSentence(question: string): string {
  return (
    question
      .split(/[?？!！。\n]|\.(?=\s|$)/)
      .filter((part) => SAID.test(part))
      .at(-1) ?? ''
  );
}

/** Letters and digits, folded; between two numbers a space, because 38 + 47 is not 3847. */
function skeleton(text: string): string {
  return fold(text)
    .toLowerCase()
    .replace(/(?<=\d)[^\p{L}\p{N}.,]+(?=\d)/gu, ' ')
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/(?<!\d) | (?!\d)/g, '');
}

/** What was found of a unit before: 1 for a letter or digit, 2 for anything else. */
const KNOWN = new Uint8Array(0x10000);

function isLetterOrDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (KNOWN[unit] === 0) KNOWN[unit] = SAID.test(fold(text[at] ?? '')) ? 1 : 2;
  return KNOWN[unit] === 1;
}

/** Where `form` ends that starts at `at` of the text, or null. What follows must not belong to its last word. */
function endOf(form: string, text: string, at: number): number | null {
  let said = 0;
  let i = at;
  for (; i < text.length && said < form.length; i++) {
    if (!isLetterOrDigit(text, i)) {
      if (form[said] === ' ') said++;
    } else if (fold(text[i] ?? '').toLowerCase() === form[said]) said++;
    else return null;
  }
  if (said < form.length) return null;
  const goesOn = /[\da-z]$/.test(form) && /^(?:[\da-z]|[.,]\d)/i.test(fold(text.slice(i, i + 2)));
  return goesOn ? null : i;
}
