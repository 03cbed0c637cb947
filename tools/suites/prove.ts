/**
 * Derives every gold again from its proof: `npx tsx tools/suites/prove.ts`. One line for each gold that does not
 * follow; exits with 1 if there is one.
 */
import { fileURLToPath } from 'node:url';
import { passageText } from '../../src/domain/prompt.ts';
import type { Gold, Item, Suite } from '../../src/domain/suite.ts';
import { calendarValues } from './calendar.ts';
import { readSuites } from './files.ts';
import { printedDate, printedNumber } from './printed.ts';
import { evaluate, sameValue } from './rational.ts';
import { whyUnsolved } from './solution.ts';
import { readCell } from './table.ts';

/** How a passage says that it counts in this unit. A unit that is not here cannot be proven: add it with its words. */
const STATED_AS: Readonly<Record<string, RegExp>> = {
  'CNY:one': /元/,
  'CNY:thousand': /人民[币幣]千元/,
  'CNY:ten_thousand': /万元/,
  'CNY:million': /百万元/,
  'CNY:hundred_million': /亿元/,
  'HKD:one': /港元/,
  'HKD:thousand': /千港元/,
  'HKD:million': /百萬港元/,
  'USD:one': /dollars/,
  'USD:thousand': /USD thousand/,
  'USD:million': /USD million/,
  'USD:billion': /billions of dollars/,
  'GBP:thousand': /GBP thousand/,
  'EUR:million': /EUR million/,
  percent: /%/,
  percentage_point: /百分点/,
  celsius: /degrees Celsius/,
  metre: /metres|米/,
  kilogram: /kilograms/,
  litre: /litres/,
  hectare: /公頃/,
  tonne: /公噸/,
  day: /天|日/,
};

/** Units that no passage has to state: bare numbers, spans, dates. */
const UNSTATED: readonly (string | undefined)[] = ['', 'text', 'date'];

/** What stands in a cell that has no value. A dash alone may mean zero: it does not count. */
const BLANK: readonly string[] = ['', 'n/a', 'not reported', '不适用', '未披露', '不適用', '待公佈'];

/** Why the gold does not follow from its proof, or its worked solution is wrong; null where both hold. */
export function whyUnproven(suite: Suite, item: Item): string | null {
  try {
    const unsolved = item.solution === undefined ? null : whyUnsolved(item.solution, item.gold);
    return disproof(suite, item) ?? unsolved;
  } catch (thrown) {
    // Readers throw on what they cannot place: that is a gold without a proof.
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

function disproof(suite: Suite, item: Item): string | null {
  const { proof, gold } = item;
  const passage = item.passage === undefined ? '' : passageText(suite, item.passage);
  switch (proof.kind) {
    case 'cell':
      return unstatedUnit(passage, gold) ?? differs(readCell(passage, proof.row, proof.column), gold);
    case 'blank':
      return notBlank(readCell(passage, proof.row, proof.column)) ?? notUnanswerable(gold);
    case 'span':
      return unstatedUnit(passage, gold) ?? differs(spanOf(passage, proof.span), gold);
    case 'derived':
      return (
        unstatedUnit(`${passage}\n${item.question}`, gold) ?? unequal(withFigures(passage, proof.expression), gold)
      );
    case 'calendar':
      return calendarValues(withDates(passage, proof.expression)).includes(gold.value)
        ? null
        : `${proof.expression} is not ${gold.value}`;
    case 'expression':
      return unequal(proof.expression, gold);
    case 'absent':
      if (folded(passage).includes(folded(proof.absent))) return `"${proof.absent}" is in the passage`;
      return notUnanswerable(gold);
    case 'stated':
      return 'a built-in suite proves its golds';
  }
}

function notUnanswerable(gold: Gold): string | null {
  return gold.value === 'unanswerable' ? null : `the proof says unanswerable, the gold ${gold.value}`;
}

function notBlank(cell: string): string | null {
  return BLANK.includes(cell) ? null : `the cell says ${cell}`;
}

function unequal(expression: string, gold: Gold): string | null {
  return sameValue(evaluate(expression), evaluate(gold.value)) ? null : `${expression} ≠ ${gold.value}`;
}

function spanOf(passage: string, span: string): string {
  if (!passage.includes(span)) throw new RangeError(`"${span}" is not in the passage`);
  return span;
}

/** "[row | column]" and "[span]" as the numbers that stand there. */
function withFigures(passage: string, expression: string): string {
  return expression.replace(/\[([^\]]+)\]/g, (_, source: string) => {
    const [row = '', column] = source.split(' | ');
    return `(${printedNumber(column === undefined ? spanOf(passage, row) : readCell(passage, row, column))})`;
  });
}

/** "[span]" as the date that stands there. */
function withDates(passage: string, expression: string): string {
  return expression.replace(/\[([^\]]+)\]/g, (_, span: string) => printedDate(spanOf(passage, span)));
}

function unstatedUnit(passage: string, gold: Gold): string | null {
  if (UNSTATED.includes(gold.unit)) return null;
  const words = STATED_AS[gold.unit ?? ''];
  if (words === undefined) return `no words known for the unit ${gold.unit ?? ''}`;
  return words.test(passage) ? null : `the passage does not state the unit ${gold.unit ?? ''}`;
}

function differs(printed: string, gold: Gold): string | null {
  const follows =
    gold.unit === 'text'
      ? printed === gold.value
      : gold.unit === 'date'
        ? printedDate(printed) === gold.value
        : sameValue(evaluate(printedNumber(printed)), evaluate(gold.value));
  return follows ? null : `the source says ${printed}, the gold ${gold.value}`;
}

/** Width, case and compatibility forms do not hide a term. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let failures = 0;
  for (const suite of readSuites()) {
    for (const item of suite.items) {
      const why = whyUnproven(suite, item);
      if (why === null) continue;
      failures += 1;
      console.log(`${suite.id}/${item.id}: ${why}`);
    }
  }
  if (failures > 0) process.exitCode = 1;
}
