import type { Chat, ChatTurn, ModelCard, Preference } from '#domain';
import { courseOf, isHiddenTurn, versionsOf } from '#domain/chat';
import { modelKey } from '../setup.svelte.ts';
import type { Column, LiveTurn } from './liveTurn.svelte.ts';
import { shuffled } from './shuffled.ts';

/** A turn as the page shows it: stored, or still being written. */
export interface ShownTurn {
  /** Place in `Chat.turns`, or the one that it will have. */
  readonly place: number;
  readonly question: string;
  readonly columns: readonly Column[];
  readonly preferred: Preference;
  /** Neither name nor figures may tell which model wrote what. */
  readonly hidden: boolean;
  /** Places of all versions of this turn, its own among them. */
  readonly versions: readonly number[];
  readonly live: boolean;
}

/** From the beginning of a conversation to the turn that is being written, or to where it stands. */
export function shownTurns(chat: Chat, live: LiveTurn | null): readonly ShownTurn[] {
  const stored = courseOf(chat, live === null ? chat.at : live.parent).map(({ place, turn }): ShownTurn => {
    const columns = turn.replies.map((reply) => ({ model: reply.model, reply }));
    const versions = versionsOf(chat, turn.parent);
    const { question, preferred } = turn;
    return { place, question, columns, preferred, versions, hidden: isHiddenTurn(chat, turn), live: false };
  });
  if (live === null) return stored;
  const { columns, parent, question } = live;
  const place = chat.turns.length;
  const hidden = chat.blind && columns.length > 1;
  const versions = [...versionsOf(chat, parent), place];
  return [...stored, { place, question, columns, preferred: null, hidden, versions, live: true }];
}

/**
 * The models in the order of their columns after `turns`. A blind conversation asks in an order that tells nothing. While
 * names are hidden the order stays from turn to turn, so that a column goes on with what it said; once they were shown,
 * it is drawn anew.
 */
export function columnOrder(
  chat: Chat,
  turns: readonly ChatTurn[],
  models: readonly ModelCard[],
  random: () => number,
): readonly ModelCard[] {
  const last = turns.at(-1);
  if (chat.blind && (last === undefined || !isHiddenTurn(chat, last))) return shuffled(models, random);
  const before = last?.replies.map(({ model }) => modelKey(model)) ?? [];
  const asked = before.flatMap((key) => models.filter(({ ref }) => modelKey(ref) === key));
  return [...asked, ...models.filter((card) => !asked.includes(card))];
}
