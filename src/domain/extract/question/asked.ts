/**
 * What a question asks for, as far as its words tell: the counted thing of "how many", the names of persons and things,
 * whether a rate, a share or a comparison is meant. All of it lower case.
 */
export interface Asked {
  /** The sentence that asks, the last one where several do. Empty where the question is not known. */
  readonly sentence: string;
  /** "seats" of "how many seats are there", without its plural. Null: the question does not say. */
  readonly counted: string | null;
  /** "independent" of "how many independent directors". */
  readonly qualifiers: readonly string[];
  /** Who or what is named in the asking sentence, or the one name of the whole question. */
  readonly names: ReadonlySet<string>;
  /** "how much" of something that has a price in the question. */
  readonly money: boolean;
  /** A percentage, a fraction, a probability. */
  readonly share: boolean;
  /** "per day", "each": how much of one thing for one of another. */
  readonly rate: boolean;
  /** "how many more", "the difference". */
  readonly comparison: boolean;
  /** A quantity made of others: a change between two, the sum of several. */
  readonly derived: 'change' | 'sum' | null;
  /** The year before the one that is spoken of. */
  readonly prior: boolean;
  /** The values of the numbers that the question gives, as `Offer.value` writes them without a unit. */
  readonly givens: ReadonlySet<string>;
}

const ASKS = /\b(?:how|what|which|when|who|where|find|calculate|determine)\b|多少|几|何|什么|哪|求/i;
const COUNTED =
  /\bhow many (?:(?:more|fewer|less|total|other|different|additional|extra|new|of the|of) ){0,2}((?:[a-z'-]+ ){0,4}?)(?=(?:are|is|were|was|do|does|did|will|would|can|could|has|have|had|should|must|in|on|at|of|per|for|left|remain|there|need|needed|each|to|that|who|which|by|after|before|if|still)\b|$|[?,.;])/i;
/** "How long is it in m?" */
const IN_UNIT = /\bin (?!total|all|one|each|the|this|that|a\b)([a-z]{1,12})\s?[?.]?$/i;
const SHARE =
  /percent|%|\bfraction|\bratio|probabilit|\bchance|\bproportion|\bwhat part|\bshare|百分|占比|比例|几分之|\b(?:by how much|grow\w*|growth|discount|interest|odds|concentration)\b/i;
const RATE =
  /\b(?:per|each|every|apiece|average|rate|speed|an? (?:day|week|month|year|hour|minute|second|piece|person|night)|daily|weekly|monthly|yearly|annual|annually|hourly)\b|每|平均|速度|单价/i;
const COMPARISON =
  /\b(?:more|fewer|less|longer|older|younger|taller|shorter|heavier|farther|further|faster|cheaper|difference|differ|exceed|times|than|ahead|behind)\b|相差|差多少|多多少|少多少|增加|减少|比/i;
const MONEY = /[$€£¥]|\b(?:dollars?|cents?|yuan|euros?|pounds?)\b|元/i;
const HOW_MUCH = /\bhow much\b|\b(?:price|cost|profit|revenue|earnings?|pay|bill|salary|money)\b|多少钱|多少元/i;
const CHANGE =
  /增加|增长|减少|下降|上升|提高了|增幅|降幅|增减|变动|变化|相差|差额|多多少|少多少|高多少|低多少|\b(?:increased?|decreased?|grow|grew|growth|rise|rose|fall|fell|drop(?:ped)?|declined?|changed?|difference|differ|by how much)\b/i;
/** "合计" alone may be the name of a row: a sum is asked for where its parts are named. */
const SUM =
  /[和与及、加][^？?]{0,24}(?:合计|总计|之和|总和|共计|一共|总共|加起来|相加)|\b(?:sum|combined|together|total)\b[^?]{0,60}\band\b|\band\b[^?]{0,40}\b(?:combined|together|in total)\b/i;
const PRIOR = /上年|去年|上期|上一年|前一年|\b(?:last|prior|previous|preceding) (?:year|period)\b/i;
/** Words that begin a sentence with a capital and name nobody. */
const NO_NAMES = new Set(
  'how what which when who where why if the an there each every in on at for to of he she it they his her their its we our you your some all both one two three four five six seven eight nine ten after before during then so as and but with from by this that these those no not is are was were do does did can could will would since because while suppose let find calculate given assuming today yesterday tomorrow i'.split(
    ' ',
  ),
);

export function askedIn(question: string, givens: ReadonlySet<string>): Asked {
  const parts = question.split(/(?<=[!?。？！])|(?<=\.)\s/).filter((part) => /[\p{L}\p{N}]/u.test(part));
  const sentence = parts.findLast((part) => ASKS.test(part)) ?? parts.at(-1) ?? '';
  const phrase = COUNTED.exec(sentence)?.[1]?.trim() ?? '';
  const inUnit = IN_UNIT.exec(sentence)?.[1] ?? '';
  const thing = phrase.split(' ').at(-1) || inUnit;
  const counted = thing === '' ? null : singular(thing);
  const named = namesIn(sentence);
  const all = named.size > 0 ? named : namesIn(question);
  return {
    sentence: sentence.toLowerCase(),
    counted,
    qualifiers: phrase.toLowerCase().split(' ').slice(0, -1),
    names: named.size > 0 || (all.size === 1 && /\b(?:he|she|they|it)\b/i.test(sentence)) ? all : new Set(),
    money: MONEY.test(question) && HOW_MUCH.test(sentence),
    share: SHARE.test(sentence),
    rate: RATE.test(sentence),
    comparison: COMPARISON.test(sentence),
    derived: CHANGE.test(sentence) ? 'change' : SUM.test(sentence) ? 'sum' : null,
    prior: PRIOR.test(sentence),
    givens,
  };
}

/** Words with a capital that name somebody, lower case and without 's. */
function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [word] of text.matchAll(/(?<![\p{L}'-])[A-Z][a-z]+(?!\p{L})/gu)) {
    const name = word.toLowerCase();
    if (!NO_NAMES.has(name)) names.add(name);
  }
  return names;
}

export function singular(word: string): string {
  const lower = word.toLowerCase();
  return lower.length > 3 && !lower.endsWith('ss') ? lower.replace(/(?<=(?:ch|sh|x|s|z))es$|s$/, '') : lower;
}
