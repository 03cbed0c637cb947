import type { ChoiceInput } from '../choice/choice.ts';
import { bestFit, type Offer } from '../choice/offer.ts';

/** What a sentence or a clause may begin with before it says what it is. */
const INTERJECTION =
  /^(?:[\s"'“”(（—–\-.…,，。、;；!！?？·]|\b(?:oh|hmm+|ah|uh|um|well|but|and|so)\b(?! (?:the|it|she|he|they)\b)|[哦噢喔啊呃嗯唉哎诶呀])+/i;
/** Takes back what was said: what is said last stands in its place. */
const CORRECTION =
  /^(?:wait\b|no,? wait|actually\b|no[,.]|sorry|oops|correction|scratch that|on second thought|hold on|i made a mistake|let me correct|i mean(?:t)?\b|or rather\b|rather,|(?:that|this|it)(?:'s| is| was) (?:wrong|incorrect|not right|a mistake)|it should (?:be|have been)\b|等等|等一下|且慢|不对|不，|不,|不是，|更正|修正|订正|抱歉|对不起|不好意思|说错|纠正|(?:我)?算错|错了|(?:更)?(?:准确|确切|正确)地?(?:说|讲))/i;
/** Looks at it again, or adds to it: what is said last stands in its place only where it is a conclusion. */
const SECOND_LOOK =
  /^(?:however\b|let (?:me|us) (?:re|double|check|verify|review|do|go|look)|let's (?:re|double|check|verify)|(?:up)?on (?:review|reflection|closer)|i (?:forgot|missed|overlooked|left out|should have)|(?:she|he|they|it|we) also\b|(?:再|重新|仔细)(?:算|想|看|检查|核|考虑|数|思考)|我?(?:漏|忘|忽略|少算|多算)|不过|但是?|然而)/i;
const OPENS_BUT = /^[\s.,;。，；]*(?:but|however)\b/i;
const CONCLUDES =
  /(?:\b(?:so|therefore|thus|hence|should be|total is|altogether|in total|makes it)\b[^.\n\d]{0,40}|(?:所以|因此|应该?是|应为|一共|总共|[，,]即|[，,]得到?|就是|答案是)[^。\n\d]{0,12})$/i;
const TAKEN_BACK =
  /\b(?:that'?s|that is|it'?s|this is) (?:wrong|incorrect|not right)|(?:这是?|刚才)?(?:不对|错了|算错|说错)/i;

/** How many sentences behind an answer a correction is looked for. */
const NEAR = 12;

/**
 * What a correction behind the answer that ends at `from` puts in its place. `committed`: the text has said that it is
 * the answer; otherwise only what takes it back at once counts.
 */
export function corrected<T>(
  input: ChoiceInput<T>,
  answer: Offer<T>,
  from: number,
  committed: boolean,
): Offer<T> | 'retracted' | null {
  const { text, sentences } = input;
  const first = sentences.indexAt(from);
  for (let i = first; i < Math.min(sentences.count, first + (committed ? NEAR : 2)); i++) {
    const start = i === first ? from : sentences.start(i);
    const raw = text.slice(start, start + 60);
    const head = raw.replace(INTERJECTION, '');
    const isCorrection = CORRECTION.test(head);
    if (!isCorrection && !committed) continue;
    if (!isCorrection && !SECOND_LOOK.test(head) && !OPENS_BUT.test(raw)) continue;
    const later = bestFit(input.offers.filter((o) => o.start >= start && (o.tier <= answer.tier || !o.weak)));
    const offer = later.at(-1);
    if (offer === undefined) {
      if (isCorrection && TAKEN_BACK.test(text.slice(start, sentences.end(i + 1)))) return 'retracted';
    } else if (input.finish === 'stop' && (isCorrection || isConcluded(text, start, offer))) return offer;
  }
  return null;
}

function isConcluded(text: string, from: number, offer: Offer): boolean {
  return CONCLUDES.test(text.slice(Math.max(from, offer.start - 60), offer.start));
}
