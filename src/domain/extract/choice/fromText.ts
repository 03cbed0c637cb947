import { abstentionAt } from '../text/abstention.ts';
import { derived } from '../question/changes.ts';
import { checkedFrom } from '../question/checks.ts';
import { type Choice, type ChoiceInput, touchesEnd } from './choice.ts';
import { ofAskedEvent } from '../question/events.ts';
import { isChoice, offersBoth } from './hedge.ts';
import { endsInLoop } from '../text/loop.ts';
import { concludedValue } from './concluded.ts';
import { bestFit, distinct, type Offer, type Rejection } from './offer.ts';
import { ofPeriod } from '../question/periods.ts';
import { byKey, type Keyed, otherYear } from '../question/questionKey.ts';
import { upToRemarks } from '../question/remarks.ts';
import { ofRow } from '../question/statementRows.ts';
import { ofAskedSubject } from '../question/subjects.ts';
import { ofEvent } from '../question/terms.ts';
import { ofAskedThing } from '../question/things.ts';
import { summedUp } from '../question/totals.ts';

/** The choice where nothing was committed: by the question's key, by uniqueness, or the last number of mathematics. */
export function fromText<T>(input: ChoiceInput<T>): Choice<T> {
  const { text, finish } = input;
  const fit = bestOfYear(input) ?? bestFit(input.offers);
  const whole = finish === 'length' ? fit.filter((o) => !touchesEnd(text, o.end)) : fit;
  const run = trailingRun(text, whole);
  if (isCounting(run)) return several('loop', run);
  const last = fit.at(-1);
  if (abstains(text, last)) {
    // "The text does not say, but …": what would have followed is not known.
    const isOpen = input.sentences.endAt(abstentionAt(text)) === text.length && !/[.。!！?？\n]\s*$/.test(text);
    return finish === 'length' && isOpen ? { kind: 'cut' } : { kind: 'none', reason: 'abstained' };
  }
  if (last === undefined) {
    if (finish === 'length') return endsInLoop(text) ? { kind: 'none', reason: 'loop' } : { kind: 'cut' };
    return { kind: 'none', reason: 'nothing-found' };
  }
  const change = input.lastCounts ? null : derived(text, fit, input.asked, input.key.year, distinct(input.offers));
  if (change !== null && finish === 'stop') return chosen([change], 'key', others(fit, change), null);
  const sum = input.lastCounts || finish !== 'stop' ? null : summedUp(text, fit, input.key.question);
  if (sum !== null && otherYear(input, sum) === null)
    return chosen([sum, ...restated(text, sum, fit)], 'last-number', others(fit, sum), null);
  const row = input.lastCounts ? { offers: fit, other: null } : ofRow(text, input.asked.sentence, fit);
  if (row.other !== null && finish === 'stop') return chosen([last], 'key', [], row.other);
  const period = ofPeriod(text, input.asked.sentence, row.offers);
  const ofKey = input.quantities ? period : ofEvent(text, input.asked.sentence, period);
  const keyed = byKey(text, input.key, input.labels, ofKey, rowsDecide(input, fit));
  if (finish === 'length') return underSpentBudget(input, keyed, fit);
  if (keyed.mismatch) return chosen([last], 'key', [], otherYear(input, last));
  if (input.lastCounts) return lastNumber(input, keyed, run);
  const said = concludedValue(input);
  if (said !== null && keyed.offers.every((o) => o.start < said.start && o.value !== said.value))
    return chosen([said], 'last-number', [...others(fit, said), ...keyed.rejected], null);
  const alternatives = fit.find((o, i) => isAlternative(text, fit[i - 1], o));
  if (alternatives !== undefined) return several('hedge', fit.slice(fit.indexOf(alternatives) - 1));
  const unfit = rest(input.offers, fit);
  if (distinct(keyed.offers) === 1) {
    const [first = last, ...same] = keyed.offers;
    const again = [...same, ...restated(text, same.at(-1) ?? first, fit)];
    return chosen([first, ...again], keyed.tied ? 'key' : 'whole-output', [...keyed.rejected, ...unfit], null);
  }
  const concluded = conclusion(input, keyed.offers);
  if (concluded !== null) return chosen([concluded], 'last-number', [...keyed.rejected, ...unfit], null);
  const [first = last, ...more] = keyed.offers;
  return {
    kind: 'several',
    why: 'hedge',
    offers: [first, ...more],
    commitment: 'whole-output',
    rejected: keyed.rejected,
  };
}

/** In unitless mathematics rows decide only where nothing was cut, offered beside another, or concluded at the end. */
function rowsDecide<T>(input: ChoiceInput<T>, fit: readonly Offer<T>[]): boolean {
  if (!input.rowsCount || !input.lastCounts) return input.rowsCount;
  const isHedged = fit.some((o, i) => isAlternative(input.text, fit[i - 1], o));
  return input.finish === 'stop' && !isHedged && conclusion(input, fit) === null;
}

/** An abstention that answers after all: "I don't know the tax, but the total is 18". */
const GOES_ON =
  /\b(?:but|however|so|therefore|thus|if|assum\w+|nevertheless|still)\b|但|不过|因此|所以|如果|假设|然而/i;

/** Whether the text says that there is no answer, and gives none behind that either. */
function abstains(text: string, last: Offer | undefined): boolean {
  const at = abstentionAt(text);
  if (at < 0 || last === undefined || last.start < at) return at >= 0;
  const goesOn = text.slice(at).search(GOES_ON);
  return goesOn < 0 || last.start < at + goesOn;
}

/** Candidates without a unit, where the year of the question stands with them and with none that has the unit. */
function bestOfYear<T>(input: ChoiceInput<T>): readonly Offer<T>[] | null {
  const { key, labels } = input;
  if (key.year === null || bestFit(input.offers).some((o) => labels.get(o) === key.year)) return null;
  const ofYear = input.offers.filter((o) => labels.get(o) === key.year);
  return ofYear.length > 0 ? bestFit(ofYear) : null;
}

/** Only what was tied to the question and closed, or a loop over one value, is an answer when the budget ran out. */
function underSpentBudget<T>(input: ChoiceInput<T>, keyed: Keyed<T>, fit: readonly Offer<T>[]): Choice<T> {
  const closed = fit.filter((o) => !touchesEnd(input.text, o.end));
  const [first] = closed;
  if (first !== undefined && closed.length >= 3 && distinct(closed) === 1 && endsInLoop(input.text)) {
    return chosen([first], 'whole-output', [], null);
  }
  if (distinct(fit) > 1 && fit.length >= 4 && endsInLoop(input.text)) return several('loop', fit);
  const [tied] = keyed.offers;
  if (tied !== undefined && breaksOffAtRow(input, tied.end)) return { kind: 'cut' };
  const isTied = keyed.tied && tied !== undefined && distinct(keyed.offers) === 1 && !touchesEnd(input.text, tied.end);
  return isTied ? chosen([tied], 'key', keyed.rejected, null) : { kind: 'cut' };
}

const CONCLUDES_AT_END = /(?:所以|因此|故|\b(?:so|therefore|thus|hence),? (?:the )?)([^。.\n\d]{2,24})$/i;

/** 利润总额为103千元，所以净利: what the question asks for was about to be said. */
function breaksOffAtRow<T>({ text, asked }: ChoiceInput<T>, end: number): boolean {
  const begun =
    CONCLUDES_AT_END.exec(text.slice(Math.max(end, text.length - 40)))?.[1]
      ?.trim()
      .toLowerCase() ?? '';
  return begun.length > 1 && asked.sentence.includes(begun.replace(/[为是](?:人民币)?$| (?:is|was|of)$/, ''));
}

/** Unitless mathematics: the last number, unless it is one of several offered, or years tell the candidates apart. */
function lastNumber<T>(input: ChoiceInput<T>, keyed: Keyed<T>, run: readonly Offer<T>[]): Choice<T> {
  const { text } = input;
  const fit = bestFit(input.offers);
  const candidates = keyed.tied && distinct(keyed.offers) === 1 ? keyed.offers : fit;
  const checks = checkedFrom(text, candidates[0]?.end ?? text.length);
  const said = candidates.filter((o) => o.start < checks);
  const { asked } = input;
  const subject =
    ofAskedEvent(text, said, asked) ?? ofAskedSubject(text, said, asked) ?? ofAskedThing(text, said, input);
  const settledOnes = (subject === null ? upToRemarks(text, said, input.asked) : [subject]).filter(
    (o) => !/^ ?[?？]/.test(text.slice(o.end, o.end + 2)),
  );
  const pool = settledOnes.length > 0 ? settledOnes : candidates;
  const last = pool.at(-1);
  if (last === undefined) return { kind: 'none', reason: 'nothing-found' };
  if (run.length > 1 && distinct(run) > 1 && run.includes(last) && isList(text, run)) return several('hedge', run);
  const index = fit.indexOf(last);
  const before = fit[index - 1];
  if (before !== undefined && before.value !== last.value) {
    const between = text.slice(before.end, last.start);
    const listed = /\b(?:between|either)\s$/i.test(text.slice(Math.max(0, before.start - 12), before.start));
    if ((offersBoth(text, before, last, listed) && !isChoice(between)) || isQuestioned(text, before, last)) {
      return several('hedge', [before, last]);
    }
  }
  const others = fit.filter((o) => o !== last).map((offer) => ({ offer, because: 'before-commitment' }) as const);
  return chosen([last], keyed.tied ? 'key' : others.length === 0 ? 'whole-output' : 'last-number', others, null);
}

function isAlternative(text: string, before: Offer | undefined, offer: Offer): boolean {
  return before !== undefined && before.value !== offer.value && offersBoth(text, before, offer, false);
}

/** "12? 15?" */
function isQuestioned(text: string, ...offers: readonly Offer[]): boolean {
  return offers.every((o) => /^ ?[?？]/.test(text.slice(o.end, o.end + 2)));
}

/** The candidates at the end that only commas, spaces and line breaks part. */
function trailingRun<T>(text: string, offers: readonly Offer<T>[]): readonly Offer<T>[] {
  let first = offers.length - 1;
  while (first > 0) {
    const [before, after] = [offers[first - 1], offers[first]];
    if (
      before === undefined ||
      after === undefined ||
      !/^[\s,，、;；.]{1,6}$/.test(text.slice(before.end, after.start).slice(0, 8))
    )
      break;
    first--;
  }
  return offers.slice(Math.max(0, first));
}

/** 1, 2, 3, 4, 5, … or 12, 15, 12, 15: a loop that holds every small number sooner or later. */
function isCounting(run: readonly Offer[]): boolean {
  const values = distinct(run);
  if (run.length < 4 || values < 2) return false;
  if (values <= run.length / 2) return true;
  const numbers = run.map((o) => Number(o.value.replace(/,/g, '')));
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  return run.length >= 5 && numbers.slice(0, -1).every((n, i) => i === 0 || n - (numbers[i - 1] ?? 0) === step);
}

function isList(text: string, run: readonly Offer[]): boolean {
  const [a, b] = [run.at(-2), run.at(-1)];
  return a !== undefined && b !== undefined && /[,，、;；]/.test(text.slice(a.end, b.start));
}

const CONCLUDES =
  /(?:\b(?:so|therefore|thus|hence|in total|altogether|total|result|finally)\b|所以|因此|故|综上|总共|一共|合计|共计|结果|最终)[^\n]{0,80}$/i;

/** The last value, where the words since the one before it draw a conclusion: "加上30分钟，所以一共210分钟". */
function conclusion<T>(input: ChoiceInput<T>, offers: readonly Offer<T>[]): Offer<T> | null {
  const last = offers.at(-1);
  if (last === undefined) return null;
  const sentence = input.sentences.start(input.sentences.indexAt(last.start));
  const start = Math.max(sentence, offers.at(-2)?.end ?? 0, last.start - 100);
  return CONCLUDES.test(input.text.slice(start, last.start)) ? last : null;
}

const RESTATES =
  /^[,，]? ?(?:which (?:equals|is|equates to)|equals|equivalent to|i\.e\.,?|that is,?|or|=|≈|即|也就是|约合|折合|相当于)(?: about| approximately| roughly|约)? ?$/i;

/** What the answer is said again as, in other words: it must be right too. */
function restated<T>(text: string, answer: Offer<T>, offers: readonly Offer<T>[]): readonly Offer<T>[] {
  const next = offers[offers.indexOf(answer) + 1];
  return next !== undefined && RESTATES.test(text.slice(answer.end, next.start)) ? [next] : [];
}

function others<T>(all: readonly Offer<T>[], kept: Offer<T>): readonly Rejection<T>[] {
  return all.filter((o) => o !== kept).map((offer) => ({ offer, because: 'other-key' }) as const);
}

function rest<T>(all: readonly Offer<T>[], kept: readonly Offer<T>[]): readonly Rejection<T>[] {
  const set = new Set(kept);
  return all.filter((o) => !set.has(o)).map((offer) => ({ offer, because: 'unit-of-measure' }) as const);
}

function chosen<T>(
  offers: readonly [Offer<T>, ...Offer<T>[]],
  commitment: 'key' | 'whole-output' | 'last-number',
  rejected: readonly Rejection<T>[],
  otherKey: string | null,
): Choice<T> {
  return { kind: 'chosen', offers, commitment, rejected, otherKey };
}

function several<T>(why: 'hedge' | 'loop', offers: readonly Offer<T>[]): Choice<T> {
  const [first, ...more] = offers;
  if (first === undefined) return { kind: 'none', reason: 'nothing-found' };
  return { kind: 'several', why, offers: [first, ...more], commitment: 'whole-output', rejected: [] };
}
