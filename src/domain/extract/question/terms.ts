import { distinct, type Offer } from '../choice/offer.ts';

/** What may happen on a day, one line an event, as far as answers tell one day from another by it. */
const EVENTS: readonly RegExp[] = [
  /\b(?:commenc\w+|begin\w*|began|starts?|started|starting)\b|开始|起始|起租|起计|开工/i,
  /\b(?:expir\w+|ends?|ended|ending|clos(?:es?|ed|ing)|terminat\w+|matur\w+|deadline|due)\b|到期|截止|届满|结束|终止|期满/i,
  /\b(?:sign(?:s|ed|ing)?|executed)\b|签署|签订|订立/i,
  /\b(?:effect|effective|in force)\b|生效/i,
  /\b(?:announc\w+|publish\w*)\b|公告|公布|发布/i,
];
const REACH = 60;
const REACH_BEHIND = 8;
const CLAUSE = /[^,，;；。\n]*$/;
/** More days than these are a schedule. */
const MOST = 12;

/**
 * The days of the one event that the question asks for, where all other days are said of other events: "commences on A
 * and expires on B", 自A开始，B到期. All of them where a day is said of none.
 */
export function ofEvent<T>(text: string, question: string, offers: readonly Offer<T>[]): readonly Offer<T>[] {
  if (distinct(offers) < 2 || offers.length > MOST) return offers;
  const asked = eventsIn(question);
  if (asked.length !== 1) return offers;
  const labels = offers.map((offer, i) => eventOf(text, offers[i - 1], offer, offers[i + 1]));
  const kept = offers.filter((_, i) => labels[i] === asked[0]);
  const values = new Set(kept.map((o) => o.value));
  const isTold = offers.every((o, i) => labels[i] !== null || values.has(o.value));
  return values.size === 1 && isTold ? kept : offers;
}

/** Said before the day, or where nothing is, directly behind it. */
function eventOf(text: string, before: Offer | undefined, offer: Offer, after: Offer | undefined): number | null {
  const lead = text.slice(Math.max(before?.end ?? 0, offer.start - REACH), offer.start);
  const said = eventsIn(CLAUSE.exec(lead)?.[0] ?? '');
  const tail = text.slice(offer.end, Math.min(after?.start ?? text.length, offer.end + REACH_BEHIND));
  const found = said.length > 0 ? said : eventsIn(/^[^,，;；。\n]*/.exec(tail)?.[0] ?? '');
  return found.length === 1 ? (found[0] ?? null) : null;
}

function eventsIn(text: string): readonly number[] {
  return EVENTS.flatMap((event, i) => (event.test(text) ? [i] : []));
}
