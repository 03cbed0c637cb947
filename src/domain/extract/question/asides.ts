import { type Asked, singular } from './asked.ts';
import type { Offer } from '../choice/offer.ts';

/** A number that may be an aside on one that its sentence said before. */
export interface Aside {
  /** What the sentence says before the number, at most REACH of `remarks.ts`. */
  readonly lead: string;
  /** The numbers of the sentence before it, in order; at least one. */
  readonly said: readonly [Offer, ...Offer[]];
  readonly offer: Offer;
  /** Between the last of them and the number. */
  readonly between: string;
  /** The word directly behind the number, lower case and singular, and what follows the number. */
  readonly noun: string;
  readonly behind: string;
}

/** "in 3 days", "from the 120 tickets", "at the age of 18", "after losing 6", "up from 4,000". */
const CIRCUMSTANCE =
  /(?:^|[\s(,])(?:in|for|over|during|within|across|at|from|with|by|on|to|after|before|among|of|out of|every|per|using)(?: (?:the|these|those|all|her|his|their|its|our|my|[a-z]{2,12}'s|a total of|[a-z]{3,12}ing|age of|year|about|only)){0,3}(?: [a-z]{2,12})? ?[$€£¥]?$/i;
/** What may stand between a number and its circumstance: "19 stamps left after…", "$50,000 is the revenue from…". */
const PREDICATE = /\b(?:left|in total|remaining|altogether|overall|is (?:the|our|my|his|her|their) [a-z ]{1,30})$/i;
/** "the 24", "her 7": what is known already. */
const DEFINITE = /\b(?:the|these|those|her|his|their|its|our|my|[a-z]{2,12}'s) ?[$€£¥]?$/i;
/** Draws a conclusion or says a further value: no circumstance of the one before. */
const SAYS_MORE =
  /\b(?:total|sum|altogether|result|answer|mak(?:es?|ing)|gives?|giving|gets?|left|leav\w+|remain\w*|is|are|was|were|be|has|have|had|having|will|would|equals?|so|then|therefore|thus|hence|and|plus|minus|needs?|still|sold|sells?|spen[dt]s?|costs?|earns?|pays?|paid|instead|not|but|or)\b|[=;:]|'(?:s|ll|d) (?!age|total)/i;
const RATE_BEHIND = /^ ?(?:per\b|an? [a-z]|each\b|every\b|\/ ?[a-z]|apiece\b)/i;
const COMPARED_BEHIND =
  /^(?: [a-z]{2,15})? (?:more|fewer|less|older|younger|taller|shorter|longer|heavier|higher|lower|times)\b/i;
const THAN_BEFORE =
  /\b(?:than|unlike|compared (?:with|to)|versus|instead of|excluding|except)(?: (?:the|his|her|their|its|in|last|other|who|which|[a-z]{2,12}'s|[a-z]{3,12}),?){0,4} ?[$€£¥]?$/i;
const REASON = /\b(?:since|because)\b|因为|不含|不包括/i;
const THEREFORE = /\b(?:so|therefore|thus|hence)\b|所以|因此/i;
const CONCLUDES =
  /\b(?:so|therefore|thus|hence|altogether|total|then|left|remain\w*|finally|answer|result)\b|所以|因此|故|共/i;

/** Whether a number only says when, where, of what or compared with what the one before it is meant. */
export function isAside(aside: Aside, asked: Asked): boolean {
  const { offer, said, between } = aside;
  if (isRate(aside, asked)) return true;
  if (aside.noun !== '' && aside.noun === asked.counted) return false;
  const owner = said.at(-1) ?? said[0];
  if (owner.value === offer.value) return false;
  if (REASON.test(between) && !THEREFORE.test(between)) return true;
  if (isCompared(aside, asked)) return true;
  return isCircumstance(aside, owner, asked);
}

function isCircumstance({ offer, said, between, behind }: Aside, owner: Offer, asked: Asked): boolean {
  const isGiven = asked.givens.has(plain(offer)) && said.some((o) => !asked.givens.has(plain(o)));
  if (isGiven && /^ ?[(（]$/.test(between)) return true;
  const phrase = CIRCUMSTANCE.exec(between)?.[0];
  if (phrase === undefined || asked.share) return false;
  const rest = between.slice(0, between.length - phrase.length).replace(PREDICATE, '');
  if (SAYS_MORE.test(rest) || SAYS_MORE.test(phrase.replace(/\b[a-z]+ing\b/i, ''))) return false;
  if (isMoney(offer) && (asked.money || !isMoney(owner))) return RATE_BEHIND.test(behind) && !asked.rate;
  return isGiven || DEFINITE.test(phrase) || (asked.money && isMoney(owner));
}

/** "12 eggs per dozen", "at 30 km/h", where no rate is asked for. */
function isRate({ between, behind }: Aside, asked: Asked): boolean {
  if (asked.rate || asked.sentence === '' || CONCLUDES.test(between)) return false;
  return (
    RATE_BEHIND.test(behind) ||
    /^ ?[a-z]{2,12} (?:per\b|each\b|an? (?:day|week|month|year|hour|minute)\b)/i.test(behind)
  );
}

/** "which is 50%", "1/3 of the cake", where no share is asked for. */
export function isShare(offer: Offer, between: string, behind: string, asked: Asked): boolean {
  if (asked.share || asked.sentence === '' || THEREFORE.test(between)) return false;
  return (
    offer.value.endsWith('percent') ||
    (/[./⁄]/.test(offer.value) && /^(?: or \d+\/\d+)? of (?:the|her|his|all)\b/i.test(behind))
  );
}

/** "6 more than Ann", "than Ann's 12", where no comparison is asked for. */
function isCompared({ between, behind }: Aside, asked: Asked): boolean {
  if (asked.sentence === '' || CONCLUDES.test(between)) return false;
  return (
    THAN_BEFORE.test(between) || (!asked.comparison && COMPARED_BEHIND.test(behind) && /\bthan\b|\bas\b/i.test(behind))
  );
}

function isMoney(offer: Offer): boolean {
  return offer.value.endsWith('money');
}

/** The value without its unit. */
export function plain(offer: Offer): string {
  return offer.value.replace(/[a-z]+$/, '');
}

const NO_NOUN =
  /^(?:and|or|for|in|on|at|to|of|by|with|from|per|each|every|an?|the|is|are|was|were|be|has|have|had|will|would|so|but|while|than|whom|us|them|these|those|all|more|less|fewer|left|times|after|before|because|since|as|if|that|which|who|minus|plus|remain|remaining|altogether|total)$/i;

/** The word directly behind a number, or inside it: "24 rows", "8 metres". */
export function nounOf(text: string, { start, end }: Offer): string {
  const inside = /[a-z]+$/i.exec(text.slice(start, end))?.[0];
  const word = inside ?? /^ ?(?:more |of )?([a-z][a-z'-]+)/i.exec(text.slice(end, end + 24))?.[1] ?? '';
  return NO_NOUN.test(word) ? '' : singular(word);
}
