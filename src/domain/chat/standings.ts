/** How often each model was preferred: counted from the stored conversations, and as honest as so few choices allow. */
import type { Chat } from './conversation.ts';
import type { ModelRef } from '../model.ts';
import { wilson, type Interval } from '../statistics/wilson.ts';

/** One model (with its build) over all turns in which it stood beside others and a person chose. */
export interface Standing {
  readonly key: string;
  readonly model: ModelRef;
  readonly wins: number;
  /** Turns that somebody won, this model or another. */
  readonly decided: number;
  /** Turns in which no reply was better than the others: no win for anybody, and no loss. */
  readonly ties: number;
  /** 95 % interval of wins among the decided turns; null where none was decided. */
  readonly interval: Interval | null;
  /** What drawing lots would give: the mean of one in so many as stood side by side. Null where none was decided. */
  readonly chance: number | null;
}

/** `blind` counts only choices that were made without knowing the names. */
export type Counted = 'blind' | 'all';

interface Count {
  readonly model: ModelRef;
  wins: number;
  decided: number;
  ties: number;
  shares: number;
}

/** Most wins first, by their share. A turn with one reply says nothing and is left out. */
export function standings(chats: readonly Chat[], counted: Counted): readonly Standing[] {
  const counts = new Map<string, Count>();
  for (const { blind, turns } of chats) {
    if (counted === 'blind' && !blind) continue;
    for (const { replies, preferred } of turns) {
      if (preferred === null || replies.length < 2) continue;
      replies.forEach(({ model }, place) => {
        const count = counts.get(keyOf(model)) ?? { model, wins: 0, decided: 0, ties: 0, shares: 0 };
        counts.set(keyOf(model), count);
        if (preferred === 'tie') count.ties += 1;
        else {
          count.decided += 1;
          count.shares += 1 / replies.length;
          if (preferred === place) count.wins += 1;
        }
      });
    }
  }
  return [...counts]
    .map(([key, { model, wins, decided, ties, shares }]): Standing => {
      const interval = decided === 0 ? null : wilson(wins, decided);
      return { key, model, wins, decided, ties, interval, chance: decided === 0 ? null : shares / decided };
    })
    .sort((a, b) => shareOf(b) - shareOf(a) || b.decided - a.decided);
}

function shareOf({ wins, decided }: Standing): number {
  return decided === 0 ? -1 : wins / decided;
}

function keyOf({ id, revision, build }: ModelRef): string {
  return `${id}@${revision} ${build.engine} ${build.quantisation}`;
}
