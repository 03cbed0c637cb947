import type { Committed } from './commitments.ts';
import type { Sentences } from '../text/sentences.ts';

/**
 * "The answer is", "Answer:", 答案是, 答案为, 答案：, 答：. A negation behind the word is left to the value's part:
 * "the answer is not 5 but 7".
 */
const PHRASE = new RegExp(
  [
    String.raw`\b(?:answer|ans)\b(?: (?:to|for|of) [^.\n:：=]{1,80}?)?\s{0,2}(?:\([^()\n]{0,40}\)\s{0,2})?(?:is|was|are|equals|(?:would|should|will|must|could|may|might) be|comes to|[:：=]|(?=isn't|wasn't))(?:\s{0,2}[:：])?`,
    String.raw`\banswers are(?! ?[:：])`,
    String.raw`(?:答案|答复)[】]?(?:\s{0,2}[(（][^()（）\n]{0,20}[)）])?[应该当就可能也许大概约则即]{0,4}(?:是|为|等于|选|[:：=】]|(?=不是|并非|并不是))\s{0,2}[:：]?`,
    String.raw`(?:^|[\n。；;，,\s])答\s{0,2}[:：]`,
    // A heading of its own line: "## Answer".
    String.raw`(?:^|\n)[ \t#]{0,8}(?:(?:final )?answer|(?:最终|最后)?答案)[ \t]*(?=\n)`,
    String.raw`(?:^|\n)[ \t]{0,4}A[:：](?=[ ]{0,2}\S)`,
  ].join('|'),
  'gi',
);

/** "20 is the correct answer", 20是正确答案 */
const BEHIND_VALUE =
  /\b(?:is|are|was) (?:the|my|our) (?:(?:final|correct|right|true|actual) )?answer\b(?! (?:to|for|of) (?:the |this )?(?:first|second|part|step|next))|(?<!不)是(?:最终|正确|最后|标准)的?答案/gi;
const CLAUSE_END = /[。;；：:！!？?\n，]|[.,](?=\s)|\b(?:so|but|that|then)\b/gi;
/** How far before the words the value is looked for, in UTF-16 units. */
const VALUE_REACH = 60;

/** The clause before the words that say that it was the answer. */
export function answersBefore(text: string): readonly Committed[] {
  return [...text.matchAll(BEHIND_VALUE)].map(({ index }) => {
    const from = Math.max(0, index - VALUE_REACH);
    const last = [...text.slice(from, index).matchAll(CLAUSE_END)].at(-1);
    const start = last === undefined ? from : from + last.index + last[0].length;
    return { kind: 'phrase', start, opens: start, end: index, unitText: '', closed: false };
  });
}

const TAGGED = /<(?:final_)?(?:answer|ans)>([^<]{1,400})(?:<\/|$)/gi;
/** A value alone on the first line, and its explanation below. */
const BEFORE_EXPLANATION =
  /^\s*((?:[^\s\p{L}]\S{0,20}|\p{L}{1,12})(?: \S{1,12}){0,2})[ \t]*\n\s*(?:explanation|reasoning|rationale|justification|working|解释|说明|理由|解析|分析|推理)[ \t]?[:：]/iu;

/** Answers set apart by markup: `<answer>20</answer>`, or a first line with "Explanation:" below it. */
export function marked(text: string): readonly Committed[] {
  const tags = text.includes('<') ? [...text.matchAll(TAGGED)] : [];
  const first = BEFORE_EXPLANATION.exec(text);
  return [...(first === null ? [] : [first]), ...tags].map((match) => {
    const start = match.index + match[0].indexOf(match[1] ?? '');
    const end = start + (match[1]?.length ?? 0);
    return { kind: 'phrase', start, opens: start, end, unitText: '', closed: true };
  });
}

/** The part of a sentence that a commitment phrase opens, or the next line that says something. */
export function phrases(text: string, sentences: Sentences): readonly Committed[] {
  const found: Committed[] = [];
  for (const match of text.matchAll(PHRASE)) {
    let start = match.index + match[0].length;
    while (/[\s"'“「『]/.test(text[start] ?? '')) start++;
    const end = sentences.endAt(start);
    const last = found.at(-1);
    // A phrase in the same sentence ends the part of the one before it.
    if (last !== undefined && match.index < last.end)
      found[found.length - 1] = { ...last, end: Math.max(last.start, match.index) };
    found.push({
      kind: 'phrase',
      start,
      end,
      opens: match.index + match[0].search(/[^\s。；;，,#]|$/),
      unitText: '',
      closed: false,
    });
  }
  return found;
}
