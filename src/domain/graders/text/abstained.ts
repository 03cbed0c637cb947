import { abstentionAt } from '../../extract/text/abstention.ts';

/** Kinds of detail that a text may leave out, in both languages. */
const DETAILS: readonly RegExp[] = [
  /\b(?:when|date|day|month|time)\b|时间|日期|月份|何时|什么时候|几月|哪一?天/i,
  /\b(?:when|year)\b|何时|什么时候|哪一?年|年份/i,
  /\b(?:why|reasons?)\b|原因|为什么|为何|理由/i,
  /\b(?:where|place|location)\b|地点|哪里|何处|在哪/i,
  /\b(?:who|whom|whose|by whom|painter|author|name)\b|谁|姓名|何人/i,
  /\b(?:how much|how many|amount|cost|price|number)\b|金额|多少|数量|价格|费用/i,
  /\bhow\b(?! (?:much|many))|如何|怎样|怎么/i,
  /\b(?:colou?r|title)\b|颜色|职务|头衔/i,
];
/** More than was asked. */
const BEYOND =
  /\b(?:anyone|anything|nothing) else\b|\belsewhere\b|\b(?:other|more|further|additional)\b|其他|其它|更多|别的/i;
/** "…, but it is probably Beijing": an abstention that answers after all. */
const GUESSES =
  /(?:\b(?:but|however)\b|但|不过|然而).{0,20}(?:\b(?:likely|probably|i think|it is|it's|might be|may be|answer)\b|应该|可能|推测|估计|认为|答案)/i;

/** Where a clause ends: a mark, a bracket, or a word that sets another one against it. */
const CLAUSE_END = /[.。;；!！\n()（）]|[,，]|\b(?:but|though|although)\b|[但而]/g;

/**
 * Whether an answer says that there is none. `rest`: what it says besides, where it only leaves out a detail that was
 * not asked for ("Maria Lopez; the date is not mentioned").
 */
export type Abstention =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole' }
  | { readonly kind: 'of-a-detail'; readonly start: number; readonly end: number };

/** `answer` is cleaned text; ranges of the result are of it. */
export function abstention(answer: string, question: string): Abstention {
  const at = abstentionAt(answer);
  if (at < 0) return { kind: 'none' };
  const [start, end] = clauseAt(answer, at);
  const clause = answer.slice(start, end);
  if (isOfADetail(clause, question)) {
    const [before, behind] = [answer.slice(0, start), answer.slice(end)];
    const says = (text: string): boolean =>
      /[\p{L}\p{N}]/u.test(text.replace(/\b(?:but|though|although|and)\b|[但而]/gi, ''));
    if (says(before) && abstentionAt(before) < 0) return { kind: 'of-a-detail', start: 0, end: start };
    if (says(behind) && abstentionAt(behind) < 0) return { kind: 'of-a-detail', start: end, end: answer.length };
  }
  return GUESSES.test(answer.slice(at)) ? { kind: 'none' } : { kind: 'whole' };
}

function clauseAt(text: string, at: number): readonly [number, number] {
  let start = 0;
  let end = text.length;
  for (const match of text.matchAll(CLAUSE_END)) {
    if (match.index + match[0].length <= at) start = match.index + match[0].length;
    else if (match.index > at) {
      end = match.index;
      break;
    }
  }
  return [start, end];
}

function isOfADetail(clause: string, question: string): boolean {
  if (BEYOND.test(clause)) return true;
  const left = DETAILS.filter((detail) => detail.test(clause));
  return left.length > 0 && !left.some((detail) => detail.test(question));
}
