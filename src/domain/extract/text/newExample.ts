/** A line that starts a new example of the model's own, or a token that ends its turn. */
const MARK = new RegExp(
  [
    String.raw`^[ \t>*#]{0,8}(?:(?:new |next |another )?(?:question|problem|exercise|example)[ \t]?\d{0,3}[ \t]?\*{0,2}[ \t]?(?:[:：]|$)|Q\d{0,3}[:：])`,
    String.raw`^[ \t>*#【]{0,8}(?:(?:下一|另一|新|思考|练习|練習|附加|应用|應用|类似|類似)?(?:问题|問題|题目|題目|题|題|练习|練習)|习题|習題|例题|例題|例子?|问|問|请问|請問)[ \t]?[\d一二三四五六七八九十]{0,3}(?:】|[】*]{0,2}[ \t]?(?:[:：]|$))`,
    String.raw`^[ \t>*#【]{0,8}第[ \t]?[\d一二三四五六七八九十]{1,3}[ \t]?[题題](?:】|[:：])`,
    String.raw`^[ \t>*#]{0,8}(?:(?:now|next)[,]? )?(?:(?:you )?try(?: (?:this|it|one|another)[^.\n:]{0,24})?|your turn)[ \t]?\*{0,2}[:：]`,
    String.raw`\b(?:do you want|would you like|if you(?:'d| would) like) (?:me )?to (?:try|do|see|solve|practi[cs]e) (?:another|one more|a similar|some more|more)\b`,
    // GSM8K: another question behind the answer of the first.
    String.raw`(?<=^####[ \t]{0,3}[^\n]{1,40}\n{2,3})(?=[^\n#]{0,400}[?？])`,
    String.raw`^[ \t>*#]{0,8}(?:user|human|instruction|用户|用戶)[ \t]?\*{0,2}[:：]`,
    String.raw`(?<=[.!?。！？\d)}][ ]?)(?:Question|问题|問題)[:：]`,
    String.raw`<\|(?:im_start|im_end|endoftext|user|eot_id|end_of_text|end|return)\|>|<\/s>|<end_of_turn>`,
  ].join('|'),
  'gim',
);

/** Something that could be an answer: a digit, a numeral, or the word itself. */
const ANSWER_LIKE =
  /[\p{N}〇零一二两兩三四五六七八九十百千万萬亿億壹贰貳叁參肆伍陆陸柒捌玖拾佰仟半]|\b(?:answer|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred)\b|teen\b|ty\b|答案/iu;

/**
 * Where the output stops to be an answer to our question, or its length. Something like an answer (`numeric`: like a
 * number) must stand before the mark: a model that restates the question first is not cut.
 */
export function findCut(visible: string, numeric: boolean): number {
  const first = visible.search(numeric ? ANSWER_LIKE : /[^\s\0]/u);
  if (first < 0) return visible.length;
  for (const match of visible.matchAll(MARK)) if (match.index > first) return match.index;
  return visible.length;
}
