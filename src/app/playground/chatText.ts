import type { Chat, Sampling } from '#domain';
import { courseOf, isHiddenTurn, saidIn, titleOf } from '#domain/chat';
import { formatDateTime, formatNumber, m, modelName } from '#i18n';

/**
 * The course that is shown, as Markdown: questions as quotations, each reply under its model's name (or its letter, while
 * names are hidden).
 */
export function chatMarkdown(chat: Chat): string {
  const blocks = [`# ${titleOf(chat).replace(/\s+/g, ' ').slice(0, 120)}`];
  blocks.push(m.playground_export_title({ date: formatDateTime(chat.startedAt) }));
  if (chat.system.trim() !== '') blocks.push(`**${m.playground_system()}**`, quoted(chat.system));
  for (const { turn } of courseOf(chat, chat.at)) {
    const hidden = isHiddenTurn(chat, turn);
    blocks.push(quoted(turn.question));
    turn.replies.forEach((reply, place) => {
      const name = hidden
        ? m.playground_letter({ letter: letterOf(place) })
        : `${modelName(reply.model)} (${reply.model.build.quantisation}; ${samplingWords(reply.sampling)})`;
      const mark = turn.preferred === place ? ` – ${m.playground_preferred()}` : '';
      blocks.push(`**${name}**${mark}`, saidIn(reply));
    });
    if (turn.preferred === 'tie') blocks.push(`*${m.playground_tie()}*`);
  }
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** As it is stored, with its schema and every version of every turn. */
export function chatJson(chat: Chat): string {
  return `${JSON.stringify({ format: 'tabeval-chat', ...chat }, null, 2)}\n`;
}

/** A, B, C, … */
export function letterOf(place: number): string {
  return String.fromCodePoint(65 + (place % 26));
}

/** "temperature 0.6, top-p 0.95, top-k 20, seed 7": only what changes anything. */
export function samplingWords(sampling: Sampling): string {
  if (sampling.kind === 'greedy') return m.playground_sampling_greedy();
  const { temperature, topP, topK, minP, repetitionPenalty, seed } = sampling;
  const parts = [
    `${m.playground_temperature()} ${formatNumber(temperature, 2)}`,
    ...(topP < 1 ? [`top-p ${formatNumber(topP, 2)}`] : []),
    ...(topK === null ? [] : [`top-k ${formatNumber(topK)}`]),
    ...(minP > 0 ? [`min-p ${formatNumber(minP, 2)}`] : []),
    ...(repetitionPenalty === 1 ? [] : [`${m.playground_repetition_penalty()} ${formatNumber(repetitionPenalty, 2)}`]),
    `${m.playground_seed()} ${seed}`,
  ];
  return parts.join(m.list_separator());
}

function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
