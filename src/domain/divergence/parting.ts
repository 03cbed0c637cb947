import type { ItemRecord } from '../run.ts';
import type { FinishReason } from '../verdict.ts';
import { countIds, sharedIds } from './outputIds.ts';

/** Where two outputs to one item part. */
export type Parting =
  /** Nowhere: they are the same to the end. */
  | { readonly kind: 'same' }
  /** A spent budget cut one of them before they could part. */
  | { readonly kind: 'unseen' }
  /** After so many tokens that both begin with: the next one differs, or one of the two has ended. */
  | { readonly kind: 'token'; readonly shared: number }
  /** The same in UTF-16 units, where tokens are not known. */
  | { readonly kind: 'character'; readonly shared: number };

type Answered = Pick<ItemRecord, 'output' | 'outputIds' | 'finish'>;

/** Of two outputs whose tokens can be compared: by their ids, where both have them, else by their characters. */
export function partingOf(first: Answered, second: Answered): Parting {
  const [a, b] = [idsOf(first), idsOf(second)];
  if (a === null || b === null) return textParting(first, second);
  return parting('token', sharedIds(a, b), [countIds(a), countIds(b)], [first.finish, second.finish]);
}

/** By characters, whatever else is known. */
export function textParting(first: Answered, second: Answered): Parting {
  const lengths = [first.output.length, second.output.length] as const;
  return parting('character', sharedCharacters(first.output, second.output), lengths, [first.finish, second.finish]);
}

/** How many UTF-16 units both texts begin with; a character of two is not cut. */
export function sharedCharacters(first: string, second: string): number {
  let shared = 0;
  while (shared < first.length && first.charCodeAt(shared) === second.charCodeAt(shared)) shared += 1;
  const last = first.charCodeAt(shared - 1);
  const cutsPair = shared < first.length && shared < second.length && last >= 0xd800 && last <= 0xdbff;
  return cutsPair ? shared - 1 : shared;
}

export function hasIds(record: Answered): boolean {
  return idsOf(record) !== null;
}

/** An output without a text needs no ids. */
function idsOf({ output, outputIds }: Answered): string | null {
  return outputIds ?? (output === '' ? '' : null);
}

function parting(
  kind: 'token' | 'character',
  shared: number,
  lengths: readonly [number, number],
  finishes: readonly [FinishReason | null, FinishReason | null],
): Parting {
  const ended = [shared === lengths[0], shared === lengths[1]] as const;
  if (ended[0] && ended[1] && finishes[0] === finishes[1]) return { kind: 'same' };
  // Whoever ended by itself chose to: that is a difference. Whoever was cut might have gone on like the other.
  const wasCut = ([0, 1] as const).some((side) => ended[side] && finishes[side] !== 'stop');
  return wasCut ? { kind: 'unseen' } : { kind, shared };
}
