import type { Chat } from '#domain';
import { isHiddenChat, saidIn } from '#domain/chat';
import { formatDateTime, m } from '#i18n';

/** A conversation as Markdown: questions as quotations, each reply under its model's name (or letter, while hidden). */
export function chatMarkdown(chat: Chat): string {
  const hidden = isHiddenChat(chat);
  const blocks = [`# ${m.playground_export_title({ date: formatDateTime(chat.startedAt) })}`];
  if (chat.system.trim() !== '') blocks.push(`**${m.playground_system()}**`, quoted(chat.system));
  for (const { question, replies, preferred } of chat.turns) {
    blocks.push(quoted(question));
    replies.forEach((reply, place) => {
      const name = hidden ? m.playground_letter({ letter: letterOf(place) }) : reply.model.name;
      const mark = preferred === place ? ` (${m.playground_preferred()})` : '';
      blocks.push(`**${name}**${mark}`, saidIn(reply.output));
    });
  }
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** As it is stored, with its schema. */
export function chatJson(chat: Chat): string {
  return `${JSON.stringify({ format: 'tabeval-chat', ...chat }, null, 2)}\n`;
}

/** A, B, C, … */
export function letterOf(place: number): string {
  return String.fromCodePoint(65 + (place % 26));
}

function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
