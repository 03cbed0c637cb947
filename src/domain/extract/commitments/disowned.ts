import type { Committed } from './commitments.ts';
import { type Offer, within } from '../choice/offer.ts';
import type { Sentences } from '../text/sentences.ts';

/** "The wrong answer is", "my first answer was", 错误的答案是: an answer that the text does not stand by. */
const OTHER_ANSWER =
  /\b(?:wrong|incorrect|false|mistaken|naive|tempting|first|initial|original|previous|earlier|old)(?: [a-z]{2,12})? $|(?:错误|错|不正确|不对|误解|最初|起初|原先|之前|先前|第一次)的? ?$/i;
/** Words of those who are wrong: "one might think that the answer is", 有人会误以为答案是. */
const OTHERS_SAY = new RegExp(
  [
    String.raw`\b(?:mistake|error|misconception|misunderstanding|tempting|tempted|wrong|incorrect|doubt|wrongly|mistakenly|incorrectly)\b[^,;\n]{0,40}$`,
    String.raw`\b(?:one|you|some|many|most|people|students|others|someone|somebody) (?:[a-z]{2,10} ){0,2}(?:think|thinks|say|says|believe|believes|assume|assumes|guess|conclude|expect)\b[^,;\n]{0,24}$`,
    String.raw`\bi (?:first|initially|originally|had) (?:[a-z]{2,10} )?(?:thought|said|believed|assumed|guessed|got|wrote)\b[^,;\n]{0,24}$`,
    String.raw`(?:有人|有的人|有些人|很多人|许多人|别人|大家|人们|学生|容易|可能会|误)[^，。,；]{0,6}(?:以为|认为|觉得|说|看成|当作|算成|会错|猜)[^，。,；]{0,6}$|(?:怀疑|不相信|不认为|不觉得)[^，。,；]{0,6}$`,
  ].join('|'),
  'i',
);
const EXPECTED = /\b(?:expected|given|official|stated) $|(?:参考|给出的?|预期)$/i;
const SUPPOSES =
  /(?:^|[,;:，；：]|\b(?:but|and|or)\b) ?(?:but |and |or )?(?:if|suppose|supposing|assuming|were|had)\b|如果|假如|假设|要是|倘若|若(?!干)/i;
/** "The answer would be 18 if …" */
const SUPPOSES_BEHIND = /^[^.\n。]{0,24} (?:if|had|were) |^[^，。\n]{0,8}(?:的话|，如果)/i;
const ASKED_BEHIND = /^[^\n.,。，!！]{0,16}?(?:吗|嘛|么)? ?[?？]/;
/** A piece of each of the two above. */
const MAY_BE_TENTATIVE = /[?？]|if|had|were|的话|如果/i;
/** Behind a supposed answer: the case is another one. */
const OTHER_CASE =
  /\b(?:but|however|did(?:n't| not)|does(?:n't| not)|is(?:n't| not)|actually|in fact|really)\b|但|可是|不过|然而|实际|其实|事实/i;

/** How far behind a commitment it is looked at, in UTF-16 units. */
const REACH = 120;
/** A text with more commitments is a loop: of what it says before the last of them nothing depends. */
const MOST = 60;

/** What the text stands by, and the values of what it does not. */
export interface Standing<T> {
  readonly commitments: readonly Committed[];
  readonly disowned: readonly Offer<T>[];
}

/**
 * Leaves out the commitments in prose that are said of a wrong answer or by others and, where something firm or later
 * takes their place, those that are only supposed or asked. A box or a JSON answer is always meant.
 */
export function withoutDisowned<T>(
  text: string,
  sentences: Sentences,
  commitments: readonly Committed[],
  offers: readonly Offer<T>[],
): Standing<T> {
  const said = commitments.map((c, i) => {
    const values = within(offers, c.start, c.end);
    const isFar = i < commitments.length - MOST;
    return { c, values, standing: isFar ? 'firm' : standingOf(text, sentences, c, values[0]?.end ?? c.start) };
  });
  if (said.every(({ standing }) => standing === 'firm')) return { commitments, disowned: [] };
  const hasFirm = said.some(({ standing, values }) => standing === 'firm' && values.length > 0);
  const left = said.filter(({ c, values, standing }) => {
    if (standing !== 'tentative') return standing === 'disowned';
    const end = values[0]?.end ?? c.start;
    return hasFirm || (isReplaced(text, end) && offers.some((o) => o.start >= end));
  });
  const dropped = new Set(left.map(({ c }) => c));
  return {
    commitments: commitments.filter((c) => !dropped.has(c)),
    disowned: left.flatMap(({ values }) => values.slice(0, 1)),
  };
}

/** `tentative`: supposed or asked. `disowned`: said of a wrong answer, or by others. */
function standingOf(
  text: string,
  sentences: Sentences,
  committed: Committed,
  valueEnd: number,
): 'firm' | 'tentative' | 'disowned' {
  if (committed.kind !== 'phrase') return 'firm';
  const behind = text.slice(valueEnd, valueEnd + REACH);
  const isTentative = MAY_BE_TENTATIVE.test(behind) && (ASKED_BEHIND.test(behind) || SUPPOSES_BEHIND.test(behind));
  const lead = leadOf(text, sentences, committed);
  // Most answers have a sentence of their own.
  if (lead === '') return isTentative ? 'tentative' : 'firm';
  const isExpected = EXPECTED.test(lead) && OTHER_CASE.test(behind.slice(0, 16));
  if (isExpected || OTHER_ANSWER.test(lead.slice(-40)) || OTHERS_SAY.test(lead)) return 'disowned';
  return isTentative || SUPPOSES.test(lead) ? 'tentative' : 'firm';
}

/** Whether what stands behind a tentative answer takes its place. */
function isReplaced(text: string, valueEnd: number): boolean {
  const behind = text.slice(valueEnd, valueEnd + REACH);
  return ASKED_BEHIND.test(behind) || OTHER_CASE.test(behind);
}

/** What the sentence says before the words that commit. */
function leadOf(text: string, sentences: Sentences, { opens }: Committed): string {
  const from = sentences.start(sentences.indexAt(opens));
  return text.slice(Math.max(from, opens - 80), opens).replace(/^[\s#>*-]+/, '');
}
