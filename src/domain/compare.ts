import { canonicalJson } from './hash.ts';
import type { RunHeader } from './run.ts';
import { testVerdict } from './selfTest.ts';
import { isSameSampling } from './sampling.ts';
import { mcNemarExact, minimumDetectableEffect } from './statistics/index.ts';
import type { VerdictLetter } from './verdict.ts';

/** Why two runs cannot be compared item by item. */
export type Incomparable =
  /** Another suite, or another version of it: the hashes differ. */
  'other-suite' | 'no-common-items';

export interface ItemPair {
  readonly itemId: string;
  /** Position in each run's `spec.itemIds`. */
  readonly first: number;
  readonly second: number;
  readonly letters: readonly [VerdictLetter, VerdictLetter];
  /** Exactly one of the two is right. */
  readonly flip: boolean;
}

/** A difference between the two runs, other than the model, that may explain a difference of the scores. */
export type Caution =
  | 'other-engine'
  | 'other-device'
  | 'other-variant'
  | 'other-budget'
  /** Thinking on and off, or with other budgets for it. */
  | 'other-thinking'
  /** Greedy and drawn, or drawn with other values; other seeds alone are none. */
  | 'other-sampling'
  /** A drawn run is one draw: another seed gives another score. */
  | 'one-draw'
  | 'other-quantisation'
  | 'other-renderer'
  | 'self-test-not-valid'
  | 'unscored-items'
  | 'unfinished';

export interface PairedComparison {
  /** Flips first, then the rest, each in the order of the suite. Items that either run left unscored or pending are
   *  listed but not counted. */
  readonly pairs: readonly ItemPair[];
  /** Items that both runs scored. */
  readonly n: number;
  readonly firstCorrect: number;
  readonly secondCorrect: number;
  /** Right in the first only; right in the second only. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Exact McNemar over the flips. It takes the items as independent; questions on one passage are not quite. */
  readonly p: number;
  /** With 20 % of the items discordant; as a share (0.125 = 12.5 points). */
  readonly detectable: number;
  readonly conclusion: 'first-better' | 'second-better' | 'not-distinguishable' | 'same-verdicts';
  readonly cautions: readonly Caution[];
}

export type Comparison =
  | { readonly kind: 'compared'; readonly result: PairedComparison }
  | { readonly kind: 'incomparable'; readonly because: Incomparable };

const ALPHA = 0.05;

/**
 * Joins two runs by item, in whichever way each asked them. Runs of different suite hashes are refused: their items are
 * not the same questions.
 */
export function compareRuns(first: RunHeader, second: RunHeader): Comparison {
  if (first.spec.suite.hash !== second.spec.suite.hash) return { kind: 'incomparable', because: 'other-suite' };
  const pairs = pairItems(first, second);
  const counted = pairs.filter(({ letters }) => letters.every(isScored));
  if (counted.length === 0) return { kind: 'incomparable', because: 'no-common-items' };
  const n = counted.length;
  const right = (of: 0 | 1): number => counted.filter(({ letters }) => letters[of] === 'c').length;
  const only = (of: 0 | 1): number => counted.filter(({ letters, flip }) => flip && letters[of] === 'c').length;
  const onlyFirst = only(0);
  const onlySecond = only(1);
  const p = mcNemarExact(onlyFirst, onlySecond);
  return {
    kind: 'compared',
    result: {
      pairs: [...pairs.filter((x) => x.flip), ...pairs.filter((x) => !x.flip)],
      n,
      firstCorrect: right(0),
      secondCorrect: right(1),
      onlyFirst,
      onlySecond,
      p,
      detectable: minimumDetectableEffect(n),
      conclusion: conclude(onlyFirst, onlySecond, p),
      cautions: cautionsOf(first, second),
    },
  };
}

function pairItems(first: RunHeader, second: RunHeader): ItemPair[] {
  const places = new Map(second.spec.itemIds.map((id, index) => [id, index]));
  return first.spec.itemIds.flatMap((itemId, index) => {
    const other = places.get(itemId);
    if (other === undefined) return [];
    const letters = [first.verdicts[index] as VerdictLetter, second.verdicts[other] as VerdictLetter] as const;
    const flip = letters.every(isScored) && (letters[0] === 'c') !== (letters[1] === 'c');
    return [{ itemId, first: index, second: other, letters, flip }];
  });
}

function isScored(letter: VerdictLetter): boolean {
  return letter !== '.' && letter !== 'u';
}

function conclude(onlyFirst: number, onlySecond: number, p: number): PairedComparison['conclusion'] {
  if (onlyFirst === 0 && onlySecond === 0) return 'same-verdicts';
  if (p >= ALPHA) return 'not-distinguishable';
  return onlyFirst > onlySecond ? 'first-better' : 'second-better';
}

export function cautionsOf(first: RunHeader, second: RunHeader): readonly Caution[] {
  const differs = <T>(of: (run: RunHeader) => T): boolean => of(first) !== of(second);
  const either = (holds: (run: RunHeader) => boolean): boolean => holds(first) || holds(second);
  const found: readonly (readonly [Caution, boolean])[] = [
    ['other-engine', differs((r) => `${r.environment.engine.id}@${r.environment.engine.version}`)],
    ['other-device', differs((r) => r.environment.device)],
    ['other-variant', differs((r) => r.spec.promptVariant)],
    ['other-budget', differs((r) => r.spec.maxTokens)],
    ['other-thinking', differs((r) => canonicalJson(r.spec.thinking ?? null))],
    ['other-sampling', !isSameSampling(first.spec.sampling, second.spec.sampling)],
    ['one-draw', either((r) => r.spec.sampling.kind === 'sampled')],
    ['other-quantisation', differs((r) => r.spec.model.build.quantisation)],
    ['other-renderer', differs((r) => r.spec.renderedBy)],
    ['self-test-not-valid', either((r) => testVerdict(r.environment, r.spec.model.source) !== 'valid')],
    ['unscored-items', either((r) => r.verdicts.includes('u'))],
    ['unfinished', either((r) => r.verdicts.includes('.'))],
  ];
  return found.filter(([, holds]) => holds).map(([caution]) => caution);
}
