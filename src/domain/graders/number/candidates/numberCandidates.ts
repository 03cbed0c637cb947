import { clean } from '../../../extract/text/clean.ts';
import { type Offer, within } from '../../../extract/choice/offer.ts';
import type { Note } from '../../../verdict.ts';
import type { Discarded, Judgement } from '../../report.ts';
import { type Amount, plainAmount } from '../reading/amount.ts';
import { asksBound, isNotItself } from './bounds.ts';
import type { Judged, Reading } from './candidates.ts';
import { compare, type ExpectedNumber } from '../compare.ts';
import { subjectOf } from '../expected.ts';
import { contradicts, withHeaderUnits, withUnit } from '../units/headerUnits.ts';
import { markOperands } from './join.ts';
import { isInPassage } from '../passage.ts';
import { isOrdinal } from '../reading/ordinals.ts';
import { divide, equal, ONE, rational, valueKey } from '../reading/rational.ts';
import { withoutRestatements } from './restatements.ts';
import { looksLikeYear, markReferences } from './roles.ts';
import { settleSign } from './settle.ts';
import { isAlone, type NumberToken, type Token } from '../reading/tokens.ts';
import { NO_UNIT } from '../units/unitNames.ts';
import { parseUnitText, type UnitRun } from '../units/units.ts';
import { unitLabel } from '../units/unitLabel.ts';
import { isYear, yearMarks } from './years.ts';

interface Settled {
  readonly token: NumberToken;
  /** Null: no one value. */
  readonly amount: Amount | null;
  readonly notes: readonly Note[];
}

/** Numbers and quantities as candidates. */
export function numberCandidates(reading: Reading, expected: ExpectedNumber): Judged<Settled> {
  const { text } = reading;
  const asksYear = /\b(?:which|what) year\b|哪一?年|何年/i.test(reading.question);
  const asksAmount = ASKS_AMOUNT.test(reading.question);
  const hasUnit = expected.kind !== 'plain' && expected.kind !== 'unknown';
  const marked = markOperands(text, markReferences(text, reading.tokens, reading.question));
  const values = themselves(
    reading,
    marked
      .map((t) => numberOf(t, hasUnit, asksYear))
      .filter((t) => t !== null)
      .filter((t) => !(asksAmount && isPlace(text, t))),
  );
  const numbers = values.length > 0 ? values : marked.flatMap((t) => loneDate(text, t));
  const isLabel = (token: NumberToken): boolean =>
    !asksYear && (token.role === 'year' || (hasUnit ? looksLikeYear(text, token) : isYear(text, token)));
  const offered = withoutLabels(reading, numbers, isLabel);
  const offeredAt = new Set(offered.map((t) => t.start));
  const isRight = (token: NumberToken): boolean =>
    token.amount !== null && compare({ token, amount: token.amount, text: '', unitLabel: '' }, expected).right;
  const inUnits =
    expected.kind === 'money'
      ? withHeaderUnits(text, offered, 'money')
      : expected.kind === 'measure'
        ? withoutRestatements(text, offered, isRight)
        : offered;
  return {
    offers: withJsonUnits(reading, inUnits, expected).map((token) => offerOf(reading, token, expected)),
    years: yearMarks(
      text,
      marked.filter((t) => t.kind === 'date' || !offeredAt.has(t.start)),
      hasUnit,
    ),
    questionYears: yearMarks(reading.question, reading.questionTokens, true),
    lastCounts: !hasUnit,
    rowsCount: hasUnit || reading.passage !== '',
    discarded: discarded(marked, numbers, offeredAt),
    judge: (offer) => judge(reading, offer, expected),
  };
}

const ASKS_AMOUNT = /\bhow (?:many|much|long|far|old|tall|often)\b|多少|几/i;

/** "3rd" is no answer to "how many". Only whole numbers that count little are written so. */
function isPlace(text: string, { amount, start, end }: NumberToken): boolean {
  return amount?.weak === true && amount.value.d === 1n && isOrdinal(text.slice(start, end));
}

/** The number that a token is. A year (2024年) can be one where no unit is asked for. */
function numberOf(token: Token, hasUnit: boolean, asksYear: boolean): NumberToken | null {
  if (token.kind === 'number') return token.role === 'value' ? token : null;
  const { year, month } = token.date;
  if (hasUnit || year === null || (month !== null && !asksYear)) return null;
  const amount = plainAmount(rational(BigInt(year)), ONE, 4);
  const { start, end } = token;
  const none = { unit: NO_UNIT, scaleWords: false, contradiction: false, negativeBy: null } as const;
  return { kind: 'number', start, end, amount, ...none, role: 'year' };
}

/**
 * Without bounds, terms and wholes of parts. Where nothing else is said, in the whole text or in one commitment ("the
 * answer is at most 18"), those are candidates without a value.
 */
function themselves(reading: Reading, numbers: readonly NumberToken[]): readonly NumberToken[] {
  const boundsCount = asksBound(reading.question);
  const kept = new Set(numbers.filter((t) => !isNotItself(reading.text, t, boundsCount)));
  if (kept.size === numbers.length) return numbers;
  const isSaid = (t: NumberToken): boolean => kept.has(t);
  const valueless = new Set(kept.size === 0 ? numbers : []);
  for (const { start, end } of reading.commitments) {
    const inside = within(numbers, start, end);
    if (!inside.some(isSaid)) for (const token of inside) valueless.add(token);
  }
  return numbers.flatMap((t) => (kept.has(t) ? [t] : valueless.has(t) ? [{ ...t, amount: null }] : []));
}

/** "2022年" and nothing else where a quantity is asked for: an answer, of no value here. */
function loneDate(text: string, token: Token): readonly NumberToken[] {
  const { start, end } = token;
  if (token.kind !== 'date' || !isAlone(text, token)) return [];
  const none = { unit: NO_UNIT, scaleWords: false, contradiction: false, negativeBy: null } as const;
  return [{ kind: 'number', start, end, amount: null, ...none, role: 'value' }];
}

/**
 * Leaves out the years that only say what the other numbers belong to. A year stays where it is all that was said, in
 * the whole text or in one commitment ("the answer is 2024").
 */
function withoutLabels(
  reading: Reading,
  numbers: readonly NumberToken[],
  isLabel: (token: NumberToken) => boolean,
): readonly NumberToken[] {
  const values = numbers.filter((t) => !isLabel(t));
  if (values.length === 0) return numbers;
  const kept = new Set(values);
  for (const { start, end } of reading.commitments) {
    if (within(values, start, end).length > 0) continue;
    for (const year of within(numbers, start, end)) kept.add(year);
  }
  return kept.size === values.length ? values : numbers.filter((t) => kept.has(t));
}

/** References, and years that say what the other numbers belong to. */
function discarded(
  all: readonly Token[],
  values: readonly NumberToken[],
  offeredAt: ReadonlySet<number>,
): readonly Discarded[] {
  const references = all.filter((t) => t.kind === 'number' && t.role === 'reference');
  const years = values.filter((t) => !offeredAt.has(t.start));
  return [
    ...references.map(({ start, end }) => ({ start, end, because: 'reference' as const })),
    ...years.map(({ start, end }) => ({ start, end, because: 'year' as const })),
  ];
}

function offerOf(reading: Reading, token: NumberToken, expected: ExpectedNumber): Offer<Settled> {
  const { amount, notes } =
    token.amount === null
      ? { amount: null, notes: [] }
      : settleSign(reading.text, token, token.amount, expected, reading.question);
  const unit = token.unit.kind === 'measure' ? token.unit.dimension : token.unit.kind;
  const { start, end } = token;
  return {
    start,
    end,
    item: { token, amount, notes },
    value:
      amount === null
        ? `?${reading.text.slice(start, end)}`
        : `${valueKey(amount.value)}${unit === 'none' ? '' : unit}`,
    tier: tierOf(token, expected),
    weak: amount?.weak === true && token.unit.kind === 'none' && !isConclusion(reading.text, token),
  };
}

const CONCLUDES =
  /\b(?:so|therefore|thus|hence|altogether|in total|total of|makes|leaves|left with)[ ,]+(?:(?:the|a|total|number|of|is|are|there|we|he|she|they|it|has|have|gets?|needs?|takes?|will|be|only|exactly) ){0,6}$/i;

/** "…, so three bolts in total": a small word that draws the conclusion is meant as a number ("one" may not be). */
function isConclusion(text: string, token: NumberToken): boolean {
  return (
    !/^(?:one|一)$/i.test(text.slice(token.start, token.end)) &&
    CONCLUDES.test(text.slice(Math.max(0, token.start - 48), token.start))
  );
}

const ASKS_PERCENT =
  /\bwhat(?:'s| is| was)?(?: the)?(?: \w+){0,3} percent|\bhow many percent|百分之(?:几|多少)|百分(?:比|率|数)/i;

/** "10%" for the gold 10 where the question asks for a percentage; "7 dozen" for 7 where it asks for dozens. */
function isAskedSo(question: string, token: NumberToken, amount: Amount, expected: ExpectedNumber): boolean {
  if (expected.kind !== 'plain') return false;
  if (token.unit.kind === 'percent') return ASKS_PERCENT.test(question) && equal(amount.value, expected.value);
  const isInDozens = /dozen/i.test(amount.scaleText) && /\bdozens?\b/i.test(question);
  return isInDozens && equal(divide(amount.value, amount.scale), expected.value);
}

/** How well the unit fits what is asked for. */
function tierOf(token: NumberToken, expected: ExpectedNumber): 0 | 1 | 2 {
  const { unit } = token;
  switch (expected.kind) {
    case 'plain':
    case 'unknown':
      return 0;
    case 'money':
      if (unit.kind === 'money') return unit.currencies.some((c) => expected.currencies.includes(c)) ? 0 : 2;
      if (unit.kind !== 'none') return 2;
      return token.scaleWords || (token.amount !== null && token.amount.scale.n > 1n) ? 0 : 1;
    case 'percent':
    case 'points':
      return unit.kind === expected.kind ? 0 : unit.kind === 'none' ? 1 : 2;
    case 'measure':
      if (unit.kind === 'measure') return unit.dimension === expected.dimension ? 0 : 2;
      return unit.kind === 'none' ? 1 : 2;
    case 'named':
      return unit.kind === 'none' || unit.kind === 'measure' ? 0 : 2;
  }
}

/** `{"answer": 581.6, "unit": "亿元"}`: the unit in the other key is that of the number. */
function withJsonUnits(
  reading: Reading,
  tokens: readonly NumberToken[],
  expected: ExpectedNumber,
): readonly NumberToken[] {
  const runs = new Map<string, UnitRun | null>([['', null]]);
  const runOf = (unitText: string): UnitRun | null => {
    if (!runs.has(unitText)) runs.set(unitText, parseUnitText(clean(unitText).text, subjectOf(expected)));
    return runs.get(unitText) ?? null;
  };
  const read = [...tokens];
  let next = 0;
  for (const { start, end, unitText } of reading.commitments) {
    const run = runOf(unitText);
    while (next < read.length && (read[next]?.start ?? start) < start) next++;
    for (; run !== null && next < read.length; next++) {
      const token = read[next];
      if (token === undefined || token.start >= end) break;
      read[next] = contradicts(token, run) ? { ...token, contradiction: true } : withUnit(token, run);
    }
  }
  return read;
}

function judge(reading: Reading, offer: Offer<Settled>, expected: ExpectedNumber): Judgement {
  const { token, amount, notes } = offer.item;
  if (amount === null)
    return { right: false, reason: 'wrong-value', notes: [{ code: 'unreadable-number', params: {} }] };
  const text = reading.text.slice(offer.start, offer.end);
  const found = compare({ token, amount, text, unitLabel: unitLabel(expected, reading.language) }, expected);
  const all = [...notes, ...found.notes];
  if (!found.right && isAskedSo(reading.question, token, amount, expected))
    return { right: true, notes: [...notes, { code: 'bare-number-read-in-unit', params: {} }] };
  if (found.right) return { right: true, notes: all };
  const isElsewhere = found.reason === 'wrong-value' && isInPassage(text, reading.passage);
  return { right: false, reason: isElsewhere ? 'wrong-row-or-year' : found.reason, notes: all };
}
