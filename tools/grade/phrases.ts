/** Puts a written value into an output that says it as the answer. */
export type Phrase = (value: string) => string;

export const EN_PHRASES: readonly Phrase[] = [
  (v) => v,
  (v) => `${v}.`,
  (v) => `The answer is ${v}.`,
  (v) => `**Final Answer:** ${v}`,
  (v) => `<think>Maybe 41. The answer is 43.</think>\n\nThe answer is ${v}.`,
  (v) => `The answer is 43. Wait, I forgot something. The answer is ${v}.`,
  (v) => `The answer is not 43 but ${v}.`,
  (v) => `The answer is ${v}, not 43.`,
  (v) => `Step 1: read the table.\nStep 2: The answer is ${v} (see note 5).`,
  (v) => `${v}\n\nQuestion: What is 3 + 4?\nAnswer: 7`,
  (v) => `Answer: ${v}\n<|im_end|>\n<|im_start|>user`,
];

export const ZH_PHRASES: readonly Phrase[] = [
  (v) => v,
  (v) => `${v}。`,
  (v) => `答案是${v}。`,
  (v) => `**答案：**${v}`,
  (v) => `<think>可能是41。答案是43。</think>\n答案是${v}。`,
  (v) => `答案是43。等等，我算错了。答案是${v}。`,
  (v) => `答案不是43，而是${v}。`,
  (v) => `答案：${v}（见附注5）`,
  (v) => `1. 先看表格。\n2. 答案为${v}。`,
  (v) => `答案：${v}\n\n问题：3加4等于多少？\n答案：7`,
];

export const ZH_YEARS: readonly Phrase[] = [
  (v) => `2024年的收入为${v}。`,
  (v) => `截至2024年12月31日止年度，收入为${v}，同比增长8.6%。`,
  (v) => `2023年为41千元，2024年为${v}。`,
  (v) => `2024年和2023年的收入分别为${v}和41千元。`,
  (v) => `2024年，公司收入为${v}（見附註5）。`,
];

export const EN_YEARS: readonly Phrase[] = [
  (v) => `In 2024, revenue was ${v}.`,
  (v) => `Revenue rose 12.3% to ${v} in 2024 from RMB41 thousand in 2023.`,
  (v) => `Revenue was RMB41 thousand in 2023 and ${v} in 2024.`,
];
