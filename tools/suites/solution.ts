/** Checks a worked solution: every equation in it holds, and it ends with the gold. */
import type { Gold } from '../../src/domain/suite.ts';
import { printedDate } from './printed.ts';
import { evaluate, sameValue } from './rational.ts';

/** Figures, signs and parentheses around at least one "=": "12 × 18 = 216", "3/6 = 1/2". */
const EQUATION = /[\d.,()+\-−×÷*/ ]*=[\d.,()+\-−×÷*/= ]*/g;
const LAST_NUMBER = /[-−]?\d[\d,]*(?:\.\d+)?(?:\/\d+)?$/;
const LAST_DATE = /(?:\d{4}年\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]+ \d{4})$/;

/** Why the solution does not lead to the gold; null where it does. */
export function whyUnsolved(solution: string, gold: Gold): string | null {
  for (const line of solution.split('\n')) {
    const wrong = (line.match(EQUATION) ?? []).find((equation) => !holds(equation));
    if (wrong !== undefined) return `the solution says ${wrong.trim()}`;
  }
  return endsWith(solution.replace(/[.。]$/, ''), gold) ? null : `the solution does not end with ${gold.value}`;
}

function holds(equation: string): boolean {
  const sides = equation.replace(/^[., ]+|[., ]+$/g, '').split('=');
  try {
    const [first, ...others] = sides.map((side) => evaluate(plain(side)));
    return first !== undefined && others.every((other) => sameValue(first, other));
  } catch {
    // "= 5" after a word: whatever cannot be evaluated cannot be checked, so it may not stand there.
    return false;
  }
}

function endsWith(solution: string, gold: Gold): boolean {
  if (gold.unit === 'text') return solution.endsWith(gold.value);
  if (gold.unit === 'date') return printedDate(LAST_DATE.exec(solution)?.[0] ?? '') === gold.value;
  const last = LAST_NUMBER.exec(solution)?.[0];
  return last !== undefined && sameValue(evaluate(plain(last)), evaluate(gold.value));
}

function plain(text: string): string {
  return text.replace(/(?<=\d),(?=\d{3})/g, '');
}
