import { isNegated } from '../../extract/choice/negation.ts';
import type { Mention } from './mentions.ts';

/** How much is looked at on either side of a list of options, in UTF-16 units. */
const AROUND = 48;

const NAMED = String.raw`(?: for| the| both| also| options?| choices?| answers?| letters?){0,3}(?:选项|答案)? ?[(["'“]?$`;

/** "rule out B", "all but B", "neither B nor C", 除了B, 排除B: whatever the question asks for. */
const PUT_ASIDE = new RegExp(
  String.raw`(?:\b(?:rul(?:e|es|ed|ing) out|eliminat\w+|exclud\w+|discard\w*|dismiss\w*|reject\w*|cross(?:ed|ing)? out|avoid\w*|ignor\w+|(?:all|any|anything|everything|every)(?: of (?:them|these)| one| (?:other )?(?:options?|answers?|choices?))? but|except|other than|neither|unlike|besides|apart from|instead of|rather than|as opposed to|(?:do|does|should|would|can|could|will|did) ?(?:n't|not) (?:choose|pick|select|take|go with|be)|never (?:choose|pick|select|be)|doubt(?: that)?(?: it'?s| it is| the answer is)?|unlikely to be|do(?:n't| not) (?:believe|think)(?: that)? (?:the answer is|it is|it's))|(?:不(?:能|要|应该?|该|可以?|会)?选择?|[别勿]选|不可能是|除了?|排除|(?<![并除])非))${NAMED}`,
  'i',
);
const PUT_ASIDE_BEHIND = new RegExp(
  [
    String.raw`^ (?:can|could|may|must|should)(?: all| both| also| thus| therefore)? be (?:ruled out|eliminated|excluded|discarded|rejected|dismissed|crossed out|ignored)\b`,
    String.raw`^ (?:is|are|was|were)(?: all| both| also| thus| therefore)? (?:ruled out|eliminated|excluded|discarded|rejected|dismissed|crossed out|out)\b`,
    String.raw`^(?:选?项)?(?:[都均也]|全部?)?(?:可以?|应该?|被|已|能)?(?:直接)?(?:排除|不选|除外)|^(?:选?项)?[以之]外|^外[都全均]`,
  ].join('|'),
  'i',
);

/** "the wrong option is B", 错误的是B: a denial, but where the question asks for the wrong one the answer. */
const WRONG = new RegExp(
  String.raw`(?:\b(?:wrong|incorrect|false|least (?:likely|plausible)) (?:options?|answers?|choices?|ones?|letters?)(?: here)?(?: is| are| would be|:| =)|(?:错误|不正确|干扰)的?(?:选?项|答案|说法)?[是为:：])${NAMED}`,
  'i',
);
const WRONG_BEHIND = new RegExp(
  [
    String.raw`^ (?:cannot|can't|can not|could(?:n't| not)) (?:possibly )?be\b`,
    String.raw`^ (?:is|are|was|were)(?:n't| not| never)(?! (?:only|just))\b`,
    String.raw`^ (?:is|are|was|were) (?:(?:all|both|also|clearly|obviously|simply|definitely|a|an|the|too|just|year|common) ){0,4}(?:wrong|incorrect|false|untrue|impossible|invalid|inaccurate|implausible|unlikely|traps?|distractors?|mistakes?|early|late)\b`,
    String.raw`^(?:选?项)?[、 ]?(?:[都均也就全]|明显|显然)?(?:[是为]|的(?:说法|表述))?(?:错|不对|不正确|不符合|不成立|不可能|不是(?!只|仅)|干扰项)`,
  ].join('|'),
  'i',
);

/** What stands between two options of one list. */
export const LISTED =
  /^[\s,，、/&+)）]*(?:and|or|nor|maybe|perhaps|possibly|or maybe|和|或者?|与|及|也?可能是?|也许是?|as well as)?[\s,，、/&+(（]*$/i;

/** A text that names more takes none of them, whatever it says of each. */
const MOST = 300;

/** The mentions that the text does not rule out or only ask about, one by one or as a list: "A, C and D are wrong". In order. */
export function undenied(text: string, mentions: readonly Mention[], negative: boolean): readonly Mention[] {
  if (mentions.length > MOST) return mentions;
  return lists(text, mentions).flatMap((list) => {
    const [first] = list;
    const last = list.at(-1);
    if (first === undefined || last === undefined || isDenied(text, first.start, last.end, negative)) return [];
    // "not A, C or D": the negation reaches as far as the list has a word that joins it.
    const isJoined = /\b(?:or|nor|and)\b|[或和与、]/.test(text.slice(first.end, last.start));
    if (isJoined && isNegated(text, first.start, first.start)) return [];
    // "B is wrong" takes B where the wrong one is asked for: what is said behind it is left out.
    return list.filter(
      (m) => !isNegated(text, m.start, negative ? text.length : m.end) && !isQuestioned(text, m.start, m.end),
    );
  });
}

function isDenied(text: string, start: number, end: number, negative: boolean): boolean {
  const behind = text.slice(end, end + AROUND);
  if (isPutAside(text, start, negative) || PUT_ASIDE_BEHIND.test(behind)) return true;
  return !negative && WRONG_BEHIND.test(behind);
}

/** Whether the words before `at` rule out what stands there. */
export function isPutAside(text: string, at: number, negative: boolean): boolean {
  const before = text.slice(Math.max(0, at - AROUND), at);
  return PUT_ASIDE.test(before) || (!negative && WRONG.test(before));
}

const JOINS = /\b(?:and|or|nor)\b|[和或与及]/i;

/** Mentions that stand in one list. A joining word comes before a list's last member; 、 joins closer than ，. */
function lists(text: string, mentions: readonly Mention[]): readonly (readonly Mention[])[] {
  const found: Mention[][] = [];
  let mark: 'none' | 'comma' | '、' | 'joined' = 'none';
  for (const mention of mentions) {
    const list = found.at(-1);
    const before = list?.at(-1);
    const gap = before === undefined ? '' : text.slice(before.end, mention.start);
    const isFar = gap.length > AROUND || !LISTED.test(gap);
    if (
      list === undefined ||
      before === undefined ||
      isFar ||
      mark === 'joined' ||
      (mark === '、' && /^\s*[,，]/.test(gap))
    ) {
      found.push([mention]);
      mark = 'none';
    } else if (gap.includes('、') && mark === 'comma') {
      // "B，A、C": the list begins with A.
      list.pop();
      found.push([before, mention]);
      mark = '、';
    } else {
      list.push(mention);
      mark = JOINS.test(gap) ? 'joined' : gap.includes('、') ? '、' : 'comma';
    }
  }
  return found;
}

/** "Is it B?", 难道是B？: asked, not answered. */
const ASKS = /(?:^|[.!?。！？;；\n])\s*(?:is|was|are|could|might|would|should|can|may|难道)[^.!?。！？;；\n]{0,40}$/i;
const ASKED_BEHIND = /^[^.!。！;；,，\n]{0,12}[?？]/;

function isQuestioned(text: string, start: number, end: number): boolean {
  const behind = text.slice(end, end + 16);
  return (
    /^[)）\]]?[吗么][?？]/.test(behind) ||
    (ASKED_BEHIND.test(behind) && ASKS.test(text.slice(Math.max(0, start - AROUND), start)))
  );
}
