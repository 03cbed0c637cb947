import type { Asked } from './asked.ts';
import { distinct, type Offer, within } from '../choice/offer.ts';
import type { YearMark } from './yearLabels.ts';

/** Where a level starts from, with the level it reaches behind: 由A增至B, "from A to B". */
const FROM = /(?:(?:由|从|自)[^\d，,。；;\n]{0,12}|\bfrom (?:about |approximately )?)$/i;
const REACHES =
  /(?:增加?|上升|提升|提高|升|增长|下降|减少|降低?|下滑|跌|回落|变)[^，。；\n]{0,16}?(?:至|到|为)|至|到|\bto\b|(?:^|[，,]) ?(?:达|为)/i;
/** The step between two levels: 增加A至B, 增加A，达到B, "rose by A to B". */
const STEP =
  /(?:(?:增加|增长|减少|下降|上升|提高|提升|增|减|多|少)了?(?:约)?|\b(?:increas\w+|decreas\w+|rose|rise|grew|fell|fall|declin\w+|dropped|up|down|higher|lower)(?: by)? (?:about |approximately )?|\bby (?:about |approximately )?)$/i;
/** What a level is compared with: 较上年的A增长, "higher than A". */
const BASE =
  /(?:(?:较|比|相比于?|对比)(?:上年|去年|上期|前一年|(?:19|20)\d\d年度?)?(?:同期)?的?[^\d，,。；;\n]{0,6}|\b(?:than|compared (?:with|to)|versus|against|up from|down from)(?: the)?(?: [a-z]{2,12}){0,2} ?)$/i;
/** Operands in words: A减去B，即C. */
const OPERATION = /减去|加上|扣除|乘以|除以|\b(?:minus|plus|less|multiplied by|divided by)\b/i;

const RESULT = {
  change:
    /(?:(?:增加|增长|减少|下降|上升|提高|提升|相差|差额|变动|变化|[多少增减])(?:了|额|值|幅度?|为|是|约|[:：]| ){0,4}|得到?(?:了|出)?|=|\b(?:increase|decrease|growth|rise|fall|decline|change|difference)(?: (?:of|was|is))|\b(?:up|down|by)) ?$/i,
  sum: /(?:(?:合计|总计|之和|总和|共计|相加|总共|一共)(?:了|额|为|是|约|得|[:：]| ){0,4}|得到?(?:了|出)?|=|\b(?:total(?:s|led)?|sum|together|combined)(?: (?:of|was|is))?) ?$/i,
} as const;

/** How far before a number the words that say its part are looked for. */
const REACH = 32;
const NEAR = 80;

export interface Levels<T> {
  readonly kept: readonly Offer<T>[];
  /** Starts, steps, bases and operands, where the level itself is said too. */
  readonly dropped: readonly Offer<T>[];
}

/** Leaves out what a sentence says beside a level, unless the question asks for a change or for the prior period. */
export function levels<T>(text: string, offers: readonly Offer<T>[], asked: Asked, year: number | null): Levels<T> {
  if (asked.sentence === '' || asked.derived === 'change' || asked.prior) return { kept: offers, dropped: [] };
  const dropped = offers.filter((offer, i) => {
    const before = text.slice(Math.max(offers[i - 1]?.end ?? 0, offer.start - REACH), offer.start);
    if (year !== null && isOfYear(text.slice(offer.end, offer.end + 24), year)) return false;
    const base = BASE.exec(before)?.[0];
    const isBase = base !== undefined && (year === null || !base.includes(String(year)));
    return isBase || isStart(text, offer, before, offers[i + 1]) || isStep(text, offer, before, offers, i);
  });
  const operands = offers.filter((o, i) => isOperand(text, offers[i - 1], o, offers[i + 1], offers[i + 2]));
  const out = new Set([...dropped, ...operands]);
  const kept = offers.filter((o) => !out.has(o));
  const tier = Math.min(...offers.map((o) => o.tier));
  return kept.some((o) => o.tier === tier && !o.weak) ? { kept, dropped: [...out] } : { kept: offers, dropped: [] };
}

function isStart(text: string, offer: Offer, before: string, next: Offer | undefined): boolean {
  if (next === undefined || next.start - offer.end > NEAR || !FROM.test(before)) return false;
  const between = text.slice(offer.end, next.start);
  return REACHES.test(between) || /^ ?(?:增|上升|提|升|下|减|降)/.test(between);
}

/** "from A in 2023 to B", where 2023 is asked for. */
function isOfYear(behind: string, year: number): boolean {
  return /^[ ,]{0,2}(?:in|for|[(（]) ?(?:FY)?((?:19|20)\d\d)/i.exec(behind)?.[1] === String(year);
}

/** A step counts as one only where the level follows. */
function isStep(text: string, offer: Offer, before: string, offers: readonly Offer[], i: number): boolean {
  if (!STEP.test(before)) return false;
  const near = within(offers.slice(i + 1, i + 1 + NEAR), offer.end, offer.end + NEAR + 1);
  const next = near.find((o) => o.tier === offer.tier);
  if (next === undefined) return false;
  return /^[^。；\n]{0,12}?(?:至|到|为|达|\bto )[^。；\n]{0,8}$/.test(text.slice(offer.end, next.start));
}

/** Both sides of an operation in words, where its result follows in the sentence. */
function isOperand(
  text: string,
  before: Offer | undefined,
  offer: Offer,
  next: Offer | undefined,
  afterNext: Offer | undefined,
): boolean {
  const isLeft =
    next !== undefined && afterNext !== undefined && operates(text, offer, next) && yields(text, next, afterNext);
  const isRight =
    before !== undefined && next !== undefined && operates(text, before, offer) && yields(text, offer, next);
  return isLeft || isRight;
}

function operates(text: string, left: Offer, right: Offer): boolean {
  return right.start - left.end < NEAR && OPERATION.test(text.slice(left.end, right.start));
}

function yields(text: string, right: Offer, result: Offer): boolean {
  const between = text.slice(right.end, result.start);
  return (
    between.length < NEAR &&
    !/[。\n]/.test(between) &&
    /即|得|等于|为|计|共|=|\b(?:is|equals|gives|which)\b/i.test(between)
  );
}

/** The years that only say of when a left out number is: "48.1% in 2023". */
export function yearsOfLevels<T>(
  years: readonly YearMark[],
  text: string,
  { dropped }: Levels<T>,
): readonly YearMark[] {
  if (dropped.length === 0) return years;
  const theirs = new Set(
    dropped.flatMap((o) =>
      within(years, o.end, o.end + 14).filter((y) => /^ ?(?:in |for |[(（])/.test(text.slice(o.end, y.start + 1))),
    ),
  );
  return years.filter((y) => !theirs.has(y));
}

/** The change or the sum that is asked for, where it is said with its word and something else stands beside it. */
export function derived<T>(
  text: string,
  offers: readonly Offer<T>[],
  asked: Asked,
  year: number | null,
  values: number,
): Offer<T> | null {
  if (asked.derived === null || values < 2) return null;
  const pattern = RESULT[asked.derived];
  const results = offers.filter((o) => pattern.test(text.slice(Math.max(0, o.start - REACH), o.start)));
  const [result] = results;
  if (result === undefined || distinct(results) !== 1) return null;
  const lead = text.slice(Math.max(0, result.start - REACH), result.start);
  const clause = /[^，,。；;\n]*$/.exec(lead)?.[0] ?? '';
  const [said] = /(?:19|20)\d\d/.exec(clause) ?? [];
  const isOtherYear = said !== undefined && year !== null && said !== String(year) && !BASE_YEAR.test(clause);
  return isOtherYear ? null : result;
}

const BASE_YEAR = /(?:较|比|与|同|从|由|自|\b(?:than|from|over|since|with|to))[^\d]{0,6}(?:19|20)\d\d/i;
