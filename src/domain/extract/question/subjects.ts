import { type Asked, singular } from './asked.ts';
import { nounOf } from './asides.ts';
import { distinct, type Offer } from '../choice/offer.ts';

/** What a number is said of: "Kate has", "Average score =", 女生. Words are lower case and singular. */
interface Said {
  readonly words: readonly string[];
  readonly pronoun: boolean;
  /** "" where no verb stands between the words and the number. */
  readonly verb: string;
}

type Whose = 'asked' | 'other' | 'unknown';

/** How many numbers may be told apart by what they are said of, and how far apart they may stand. */
const MOST = 5;
const REACH = 200;

const SEPARATOR = /[,;.:\n(|，；。：、（]|\b(?:and|while|whereas|but)\b|[和而]/gi;
const CALCULATION = /[\s$€£¥]*[\d(][\d\s.,%$+*/×÷x()−–-]*=[\s$€£¥]*$/;
const VERB =
  /(?:^|\s)(is|are|was|were|am|equals?|will be|would be|has|have|had|owns?|[a-z]{2,}s|got|made|paid|sold)(?: (?:about|only|exactly|now|also|just|a total of|still|to|at))*$/i;
const PRONOUN = /^(?:he|she|it|they|we|i|you|there)$/;
const EMPTY = new Set(
  'the a an of in on at to for his her their its our my your so thus therefore then hence this that which these those number amount value each also now only about total'.split(
    ' ',
  ),
);
const TOTAL = /^\W*(?:(?:the|grand|overall) )?(?:total|answer|result|final answer)\W*$/i;
const TOTAL_CHINESE = /^(?:总共|一共|总计|合计|共计?)[有是为]?$/;
const CONCLUDES = /\b(?:so|therefore|thus|hence|then|left|remain\w*)\b|所以|因此|故/i;
const EMPTY_CHINESE = /今年|现在|所以|因此|[的是为了有共约达其中总一每则，：:\s"“”]/g;

/**
 * The number at the end of a text, or one shortly before it, whichever is said of what the question asks for, where the
 * others are said of something else in the same way: "Jack has 10 marbles and Kate has 5". Null: nothing is told apart.
 */
export function ofAskedSubject<T>(text: string, offers: readonly Offer<T>[], asked: Asked): Offer<T> | null {
  const last = offers.at(-1);
  if (last === undefined || asked.sentence === '' || asked.comparison) return null;
  const near = offers.slice(-MOST).filter((o) => last.start - o.end < REACH && !o.value.startsWith('?'));
  const said = near.map((offer, i) => saidOf(text, near[i - 1], offer));
  const known = said.map((s) => whoseIs(s, asked));
  const isNamed = said.some((s, i) => known[i] === 'asked' && s.words[0] !== 'total');
  // A total is what is asked for only where no other label is.
  const whose = known.map((w, i) =>
    isNamed && said[i]?.words[0] === 'total' && !asked.sentence.includes('total') ? 'other' : w,
  );
  const first = near.find((_, i) => whose[i] === 'asked');
  if (first !== undefined && CONCLUDES.test(text.slice(first.end, last.start))) return null;
  const verb = said.at(-1)?.verb ?? '';
  const others = near.filter((_, i) => whose[i] === 'other');
  const tied = near.filter((_, i) => whose[i] === 'asked' && agree(said[i]?.verb ?? '', verb));
  const isLastOther = whose.at(-1) === 'other';
  const isLastAsked = whose.at(-1) === 'asked';
  if (others.length === 0 || tied.length === 0 || (!isLastOther && !isLastAsked)) return null;
  if (isLastAsked) return last;
  // "Total: 126", and then it goes on: "126 - 42 = 84".
  const isTotal = said.some((s, i) => whose[i] === 'asked' && s.words[0] === 'total');
  if (isTotal && /[=+*×÷]/.test(text.slice(tied.at(-1)?.end, last.start))) return null;
  return distinct(tied) === 1 && nounsAgree(text, tied[0] ?? last, last) ? (tied.at(-1) ?? null) : null;
}

function agree(first: string, second: string): boolean {
  return first === second || first === '' || second === '';
}

/** "10 marbles" and "5 marbles", or no noun with one of them. */
function nounsAgree(text: string, first: Offer, second: Offer): boolean {
  const [a, b] = [nounOf(text, first), nounOf(text, second)];
  return a === b || a === '' || b === '' || /^(?:and|while|but|year)$/.test(a);
}

function saidOf(text: string, before: Offer | undefined, offer: Offer): Said {
  const start = Math.max(before?.end ?? 0, offer.start - 60);
  const stretch = text.slice(start, offer.start).replace(CALCULATION, '=');
  const body = stretch.replace(/["'“”]?\s*[:=：\s]*[\s$€£¥]*$/, '');
  const separators = [...body.matchAll(SEPARATOR)];
  const from = separators.at(-1);
  const clause = from === undefined ? (before === undefined ? body : '') : body.slice(from.index + from[0].length);
  const isLabel = body.length < stretch.trimEnd().length && /[:=：]\s*[$€£¥]?\s*$/.test(stretch);
  if (/[\u4e00-\u9fff]/.test(clause)) {
    const words = TOTAL_CHINESE.test(clause) ? ['总共'] : pairsOf(clause);
    return { words, pronoun: false, verb: '' };
  }
  if (TOTAL.test(clause)) return { words: ['total'], pronoun: false, verb: 'is' };
  const verb = isLabel ? null : VERB.exec(clause);
  const subject = verb === null ? clause : clause.slice(0, verb.index);
  const words = (subject.toLowerCase().match(/[a-z]+(?='s\b)|[a-z]{2,}/g) ?? []).filter((w) => !EMPTY.has(w));
  const isPronoun = words.length > 0 && words.every((w) => PRONOUN.test(w));
  return {
    words: isPronoun ? [] : words.map(singular),
    pronoun: isPronoun,
    verb: isLabel ? 'is' : verbClass(verb?.[1]),
  };
}

function verbClass(verb = ''): string {
  const lower = verb.toLowerCase();
  if (/^(?:is|are|was|were|am|equals?|will be|would be)$/.test(lower)) return 'is';
  return /^(?:has|have|had|owns?|got)$/.test(lower) ? 'has' : singular(lower);
}

function whoseIs(said: Said, asked: Asked): Whose {
  if (said.pronoun)
    return /\b(?:he|she|they|it|his|her)\b/.test(asked.sentence) || asked.names.size > 0 ? 'asked' : 'unknown';
  if (said.words.length === 0) return 'unknown';
  const tail = said.words.at(-1) ?? '';
  if (/[\u4e00-\u9fff]/.test(tail) && asked.sentence.includes(tail)) return 'asked';
  if (said.words[0] === 'total') return 'asked';
  if (said.words[0] === '总共') return /[总共]|合计/.test(asked.sentence) ? 'asked' : 'other';
  const known = said.words.filter((w) => asked.names.has(w) || asked.sentence.includes(w));
  if (known.length === said.words.length) return 'asked';
  return known.length === 0 ? 'other' : 'unknown';
}

function pairsOf(label: string): readonly string[] {
  const bare = label.replace(EMPTY_CHINESE, '');
  return Array.from({ length: Math.max(0, bare.length - 1) }, (_, i) => bare.slice(i, i + 2));
}
