import { type Asked } from './asked.ts';
import { plain } from './asides.ts';
import type { Offer } from '../choice/offer.ts';

/** Opens a check of the answer, or an offer of further help: nothing behind it is the answer. */
const CHECKS =
  /(?:^|[\n.!?。！？] {0,2})[*_ \t]{0,4}(?:to (?:verify|check|double-check)|let(?:'s| us) (?:verify|check)|(?:verification|double-check|check)(?=[*_]{0,2} ?[:：])|does that help|let me know|would you like|(?:i|we) can also|验证|验算|检验)/gi;
const RECONSIDERS =
  /\b(?:wait|actually|wrong|mistake|incorrect|error|correction|sorry|oops|hmm|instead|not match|doesn't|therefore|thus|hence|so the|the answer)\b|等等|不对|错|更正|抱歉|重新|所以|因此|不符/i;

/** Where the last check or offer of help behind `from` starts that nothing takes back, or the length of the text. */
export function checkedFrom(text: string, from: number): number {
  CHECKS.lastIndex = from;
  const at = CHECKS.exec(text)?.index ?? text.length;
  return RECONSIDERS.test(text.slice(at)) ? text.length : at;
}

/** A calculation that is a sentence of its own, or stands behind "since" or "and": nobody is said to have its result. */
const EQUATION =
  /(?:^|[.!?\n)]\s|\b(?:since|because|as|and) )\s*((?:[$€£¥]?\d[\d,.]*(?: [a-z]{1,12})?\s*[-+*/×÷x−–]\s*){1,4}[$€£¥]?\d[\d,.]*(?: [a-z]{1,12})?)\s*=\s*[$€£¥]?$/i;

/** "7 × 3 = 21", "since 14 - 6 = 8": from a number said before back to one that the question gave. */
export function isCheck(sentence: string, before: readonly Offer[], offer: Offer, asked: Asked): boolean {
  if (!/= {0,2}[$€£¥]?$/.test(sentence) || !asked.givens.has(plain(offer))) return false;
  const equation = EQUATION.exec(sentence.slice(-80))?.[1] ?? '';
  const operands = new Set([...equation.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([n]) => n.replaceAll(',', '')));
  return operands.size > 1 && before.some((o) => !asked.givens.has(plain(o)) && operands.has(plain(o)));
}
