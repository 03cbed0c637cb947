import type { Committed } from './commitments.ts';
import { behindCondition } from '../question/conditions.ts';
import { type Choice, type ChoiceInput, touchesEnd } from '../choice/choice.ts';
import { corrected } from './correction.ts';
import { isChoice, offersBoth } from '../choice/hedge.ts';
import { bestFit, distinct, type Offer, type Rejection, unitOf, within } from '../choice/offer.ts';
import { byKey, otherYearOfCommitted } from '../question/questionKey.ts';
import { ofAskedSubject } from '../question/subjects.ts';

/** The answer that one commitment gives: one candidate (with its restatements), or several without a choice. */
interface Resolved<T> {
  readonly committed: Committed;
  readonly offers: readonly [Offer<T>, ...Offer<T>[]];
  readonly hedged: boolean;
  readonly otherKey: string | null;
  readonly rejected: readonly Rejection<T>[];
}

/** Words between "the answer is" and its value that keep the value the answer. */
const FILLER_WORDS = new Set(
  'between the a an about approximately approx around roughly exactly simply just equal equals to is be was thus therefore so that it its now then total of value either probably likely most maybe perhaps possibly only still actually not but rather instead amount sum result in and x y n'.split(
    ' ',
  ),
);
const FILLER_CHINESE =
  /^(?:约|大约|大概|可能|也许|应该|应当|就|是|为|等于|共|一共|总共|共计|合计|其实|正好|恰好|而|不|并|非|近|将近|人民币|了|有|的)*$/;

/** The choice by the committed answers, or null where no commitment holds a candidate. */
export function fromCommitments<T>(input: ChoiceInput<T>): Choice<T> | null {
  const all = input.commitments.flatMap((c) => resolve(input, c) ?? []);
  const trimmed = input.finish === 'length' ? withoutCutEnd(input.text, all) : all;
  // A budget that runs out in the middle of a loop does not make it less of one.
  const resolved = trimmed !== 'cut' ? trimmed : isLoop(all.slice(0, -1), input.finish) ? all.slice(0, -1) : 'cut';
  if (resolved === 'cut') return { kind: 'cut' };
  const last = resolved.at(-1);
  if (last === undefined) return null;
  const rejected = [
    ...resolved.slice(0, -1).flatMap((r) => r.offers.map((offer) => ({ offer, because: 'superseded' }) as const)),
    ...last.rejected,
  ];
  const commitment = last.committed.kind;
  if (isLoop(resolved, input.finish)) {
    return { kind: 'several', why: 'loop', offers: last.offers, commitment, rejected };
  }
  const { committed, offers } = last;
  const from = Math.max(committed.kind === 'phrase' ? (offers.at(-1)?.end ?? 0) : 0, offers[0].end);
  const correction = corrected(input, offers[0], from, true);
  if (correction === 'retracted') return { kind: 'none', reason: 'nothing-found' };
  if (correction !== null) {
    rejected.unshift(...last.offers.map((offer) => ({ offer, because: 'superseded' }) as const));
    return { kind: 'chosen', offers: [correction], commitment: 'last-number', rejected, otherKey: null };
  }
  return last.hedged
    ? { kind: 'several', why: 'hedge', offers: last.offers, commitment, rejected }
    : { kind: 'chosen', offers: last.offers, commitment, rejected, otherKey: last.otherKey };
}

function resolve<T>(input: ChoiceInput<T>, committed: Committed): Resolved<T> | null {
  const inside = within(input.offers, committed.start, committed.end);
  const [first] = inside;
  if (first === undefined) return null;
  if (committed.kind === 'phrase') return resolvePhrase(input, committed, inside, first);
  const fit = bestFit(inside);
  const hedged = distinct(fit) > 1;
  // "#### 18 (12 + 6)": behind hashes the first number is the answer, and others do not matter unless offered.
  if (committed.kind === 'hashes') {
    return isDirect(input, committed.start, first) ? group(input, committed, fit[0] ?? first, fit) : null;
  }
  const chosen = fit.at(-1) ?? first;
  const offers = hedged ? asGroup(fit, chosen) : asGroup([chosen], chosen);
  return { committed, offers, hedged, otherKey: null, rejected: [] };
}

function resolvePhrase<T>(
  input: ChoiceInput<T>,
  committed: Committed,
  inside: readonly Offer<T>[],
  first: Offer<T>,
): Resolved<T> | null {
  const fit = bestFit(inside);
  const opening =
    fit.includes(first) || first.tier === Math.min(...inside.map((o) => o.tier)) ? first : (fit[0] ?? first);
  if (isDirect(input, committed.start, opening)) {
    const stated = input.lastCounts ? behindCondition(input.text, fit, opening, input.asked) : null;
    return group(input, committed, stated ?? opening, inside);
  }
  // "The answer is that Tom has 18 apples."
  if (distinct(fit) === 1) return group(input, committed, fit[0] ?? first, inside);
  const keyed = byKey(input.text, input.key, input.labels, fit, input.rowsCount);
  const ofSubject = input.lastCounts ? ofAskedSubject(input.text, keyed.offers, input.asked) : null;
  const chosen = ofSubject ?? (distinct(keyed.offers) === 1 || input.lastCounts ? keyed.offers.at(-1) : undefined);
  if (chosen === undefined)
    return { committed, offers: asGroup(fit, first), hedged: true, otherKey: null, rejected: [] };
  const before = inside[inside.indexOf(chosen) - 1];
  if (before !== undefined && before.value !== chosen.value && offersBoth(input.text, before, chosen, false)) {
    return { committed, offers: [before, chosen], hedged: true, otherKey: null, rejected: [] };
  }
  return { ...group(input, committed, chosen, [chosen]), rejected: keyed.rejected };
}

/** `chosen` with what is offered beside it: alternatives make a hedge, a restatement in parentheses must be right too. */
function group<T>(
  input: ChoiceInput<T>,
  committed: Committed,
  chosen: Offer<T>,
  inside: readonly Offer<T>[],
): Resolved<T> {
  const beside: Offer<T>[] = [chosen];
  let hedged = false;
  let partsEnd = 0;
  for (const offer of [...inside.filter((o) => o.start > chosen.start), ...nextSentence(input, committed)]) {
    const last = beside.at(-1) ?? chosen;
    const between = input.text.slice(last.end, offer.start);
    const isBracketed = opensBracket(input.text, between, chosen, offer);
    if (isBracketed) partsEnd = partsBracket(input, offer, chosen.tier);
    if (offer.start < partsEnd) continue;
    if (offersBoth(input.text, last, offer, true) || (hedged && isChoice(between))) {
      if (offer.tier > chosen.tier) continue;
      // "12 or 15, but I think 15": the choice ends the hedge.
      if (hedged && isChoice(between)) return settled(input, committed, offer, beside);
      hedged = true;
      beside.push(offer);
    } else if (isBracketed && offer.tier === 0 && chosen.tier === 0 && isRestated(input.text, between, offer)) {
      beside.push(offer);
    }
  }
  const isOpen = hedged && distinct(beside) > 1;
  const otherKey = otherYearOfCommitted(input, committed.opens, chosen);
  return { committed, offers: asGroup(beside, chosen), hedged: isOpen, otherKey, rejected: [] };
}

/** Whether a bracket opens between two values. One that was read with its number, "(27)", stands inside the latter. */
function opensBracket(text: string, between: string, value: Offer, next: Offer): boolean {
  if (/^ ?[(（][^\d()（）]{0,16}$/.test(between)) return true;
  return between.trim() === '' && /[(（]/.test(text[next.start] ?? '') && unitOf(value) === unitOf(next);
}

/** In brackets behind a value it is said again ("58,159,881千元（约581.6亿元）"), unless they hold a rate or a remark. */
const REMARKS_BEFORE = /\b(?:rounded|accurate|nearest|correct|at|from|for|with)\b|[×÷+*]/i;
const REMARKS_BEHIND =
  /^ ?(?:(?:[a-z]+ )?(?:per|each|an?|sure|certain|confident|confidence|decimals?|significant)\b|\/|[×÷+*])/i;

function isRestated(text: string, between: string, { end }: Offer): boolean {
  return !REMARKS_BEFORE.test(between) && !REMARKS_BEHIND.test(text.slice(end, end + 24));
}

/** Where a bracket ends that lists the parts of the number before it ("3 bolts (2 blue, 1 white)"), or 0. */
function partsBracket<T>(input: ChoiceInput<T>, first: Offer<T>, tier: number): number {
  const length = input.text.slice(first.end, first.end + 160).search(/[)）]/);
  const inside = length < 0 ? [] : within(input.offers, first.start, first.end + length);
  const isList = inside.filter((o) => o.tier <= tier).length > 1;
  return isList && !inside.some((o) => isChoice(input.text.slice(first.start, o.start))) ? first.end + length : 0;
}

function settled<T>(
  input: ChoiceInput<T>,
  committed: Committed,
  chosen: Offer<T>,
  before: readonly Offer<T>[],
): Resolved<T> {
  const rejected = before.map((offer) => ({ offer, because: 'superseded' }) as const);
  const otherKey = otherYearOfCommitted(input, committed.opens, chosen);
  return { committed, offers: [chosen], hedged: false, otherKey, rejected };
}

/** "The answer is 12. Or 15." */
function nextSentence<T>(input: ChoiceInput<T>, committed: Committed): readonly Offer<T>[] {
  const rest = input.text.slice(committed.end, committed.end + 24);
  if (!/^\s*(?:or\b|alternatively|it (?:could|might|may) also|或|也可能)/i.test(rest)) return [];
  const at = committed.end + (/^\s*/.exec(rest)?.[0].length ?? 0);
  return within(input.offers, at, input.sentences.endAt(at)).slice(0, 1);
}

/** Only filler words stand between the phrase and its value (rejected values aside). */
function isDirect<T>(input: ChoiceInput<T>, start: number, offer: Offer<T>): boolean {
  let gap = input.text.slice(start, Math.min(offer.start, start + 120));
  for (const no of within(input.negated, start, offer.start))
    gap = gap.replace(input.text.slice(no.start, no.end), ' ');
  if (offer.start - start > 100) return false;
  if (gap === '') return true;
  const words = gap.toLowerCase().split(/[^\p{L}']+/u);
  return words.every(
    (w) => w === '' || w.length === 1 || FILLER_WORDS.has(w.replace(/'s$/, '')) || FILLER_CHINESE.test(w),
  );
}

/**
 * Under a spent budget the last commitment may have been cut in the middle of its number. A loop said it before; then
 * the broken piece does not count. Otherwise nothing was committed.
 */
function withoutCutEnd<T>(text: string, resolved: readonly Resolved<T>[]): readonly Resolved<T>[] | 'cut' {
  const last = resolved.at(-1);
  const end = last?.offers.at(-1)?.end ?? 0;
  if (last === undefined || last.committed.closed) return resolved;
  if (!touchesEnd(text, end) && !CALCULATES.test(text.slice(end, end + 60))) return resolved;
  const before = resolved.at(-2);
  const said = before === undefined ? '' : text.slice(before.offers[0].start, before.offers[0].end);
  const cut = text.slice(last.offers[0].start, last.offers[0].end);
  const between = text.slice(before?.offers[0].end ?? 0, last.offers[0].start);
  return said.startsWith(cut) && said !== '' && !RECONSIDERS.test(between) ? resolved.slice(0, -1) : 'cut';
}

/** The rest of the text goes on with the calculation that the value opens: "108 + 54". */
const CALCULATES = /^[ ]{0,3}[-+*/×÷^=][-+*/×÷^=\d\s.,$]{0,50}$/;

const RECONSIDERS = /\b(?:wait|actually|no|sorry|oops|hmm|but)\b|等等|等一下|不对|更正|抱歉|重新/i;

/** Going back and forth between values is no decision: A B A B, or A B A when the budget ran out. */
function isLoop(resolved: readonly Resolved<unknown>[], finish: 'stop' | 'length'): boolean {
  const values = resolved.map((r) => r.offers[0].value);
  const changes = values.filter((v, i) => i > 0 && v !== values[i - 1]).length;
  return changes >= (finish === 'length' ? 2 : 3) && new Set(values).size <= changes;
}

function asGroup<T>(offers: readonly Offer<T>[], fallback: Offer<T>): readonly [Offer<T>, ...Offer<T>[]] {
  const [first = fallback, ...rest] = offers;
  return [first, ...rest];
}
