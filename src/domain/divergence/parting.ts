import type { ItemRecord } from '../run.ts';
import { countIds } from './outputIds.ts';

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
  const at = sharedLength(a, b);
  return (
    whoEnded([at === a.length, at === b.length], [first, second]) ?? { kind: 'token', shared: countIds(a.slice(0, at)) }
  );
}

/** By characters, whatever else is known. */
export function textParting(first: Answered, second: Answered): Parting {
  const [a, b] = [first.output, second.output];
  const at = sharedLength(a, b);
  return (
    whoEnded([at === a.length, at === b.length], [first, second]) ?? {
      kind: 'character',
      shared: sharedCharacters(a, b),
    }
  );
}

/** How many UTF-16 units both texts begin with; a character of two is not cut. */
export function sharedCharacters(first: string, second: string): number {
  const at = sharedLength(first, second);
  const last = first.charCodeAt(at - 1);
  const cutsPair = at < first.length && at < second.length && last >= 0xd800 && last <= 0xdbff;
  return cutsPair ? at - 1 : at;
}

/** Texts are compared by so many units at once as long as they are alike: a thousand long outputs then take 10 ms. */
const STRIDE = 1024;

function sharedLength(first: string, second: string): number {
  const shorter = Math.min(first.length, second.length);
  let at = 0;
  while (at + STRIDE <= shorter && first.slice(at, at + STRIDE) === second.slice(at, at + STRIDE)) at += STRIDE;
  while (at < shorter && first.charCodeAt(at) === second.charCodeAt(at)) at += 1;
  return at;
}

export function hasIds(record: Answered): boolean {
  return idsOf(record) !== null;
}

/** An output without a text needs no ids. */
function idsOf({ output, outputIds }: Answered): string | null {
  return outputIds ?? (output === '' ? '' : null);
}

/** Null: they part where the common beginning ends. */
function whoEnded(ended: readonly [boolean, boolean], [first, second]: readonly [Answered, Answered]): Parting | null {
  if (ended[0] && ended[1] && first.finish === second.finish) return { kind: 'same' };
  // Whoever ended by itself chose to: that is a difference. Whoever was cut might have gone on like the other.
  const wasCut = (ended[0] && first.finish !== 'stop') || (ended[1] && second.finish !== 'stop');
  return wasCut ? { kind: 'unseen' } : null;
}
