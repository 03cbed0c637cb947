import {
  absolute,
  atMost,
  equal,
  multiply,
  rational,
  show,
  subtract,
  terminates,
  type Rational,
} from '../graders/number/reading/rational.ts';
import { evaluate, type Side } from './expression.ts';
import { piecesOf, type Piece } from './tokens.ts';

/** "a op b = c" as it stands in a text. */
export interface Step {
  readonly start: number;
  readonly end: number;
  /** What the left side comes to: "36", "1/3". */
  readonly value: string;
  /** The range of the right side. */
  readonly result: { readonly start: number; readonly end: number };
  readonly holds: boolean;
}

const HALF = rational(1n, 2n);

/**
 * Every step of arithmetic in a cleaned text that can be checked, exactly. A step is called false only where no way of
 * reading it is right: an unknown unit, a variable, a remainder or a label in front leave it out.
 */
export function stepsOf(text: string): readonly Step[] {
  const steps: Step[] = [];
  for (const chain of chainsOf(text)) {
    for (let n = 1; n < chain.length; n += 1) {
      const left = sideOf(chain[n - 1]);
      const right = sideOf(chain[n]);
      // The first side of a chain must be a calculation: "in 2024 = 58" has a label there.
      if (left === null || right === null || (n === 1 && left.operators.length === 0)) continue;
      if (left.operators.length === 0 && right.operators.length === 0) continue;
      const nearly = chain[n]?.nearly === true;
      const judged = judge(left, right, nearly);
      if (judged === 'unclear') continue;
      if (!judged && n === 1 && isLabelled(chain[0]?.pieces ?? [], right, nearly)) continue;
      const { start } = left;
      const last = chain[n]?.pieces.at(-1);
      const end = last?.kind === 'number' ? last.numberEnd : right.end;
      steps.push({ start, end, value: show(left.value), result: { start: right.start, end }, holds: judged });
    }
  }
  return steps;
}

interface ChainSide {
  readonly pieces: readonly Piece[];
  /** It stands behind "≈" or another word for nearly. */
  readonly nearly: boolean;
}

/** Runs of pieces between equals signs, without prose between them. Two sides at least. */
function* chainsOf(text: string): Generator<readonly ChainSide[]> {
  let sides: ChainSide[] = [];
  let pieces: Piece[] = [];
  let nearly = false;
  for (const piece of piecesOf(text)) {
    // "5 1/2" is a mixed number, and one that cannot be evaluated here; with a word between them they are two things.
    const previous = pieces.at(-1);
    const isNext = previous?.kind === 'number' && previous.unit !== '' && piece.kind === 'number';
    if (isNext || piece.kind === 'break') {
      if (sides.length > 0) yield [...sides, { pieces, nearly }];
      sides = [];
      pieces = piece.kind === 'break' ? [] : [piece];
      nearly = false;
    } else if (piece.kind === 'equals' || piece.kind === 'nearly') {
      sides.push({ pieces, nearly });
      pieces = [];
      nearly = piece.kind === 'nearly';
    } else pieces.push(piece);
  }
  if (sides.length > 0) yield [...sides, { pieces, nearly }];
}

function sideOf(side: ChainSide | undefined): Side | null {
  return side === undefined ? null : evaluate(side.pieces);
}

function judge(left: Side, right: Side, nearly: boolean): boolean | 'unclear' {
  if (agrees(left.value, right, nearly)) return true;
  const [first] = right.numbers;
  // "2 × 3 = 6 × 4 = 24": run on, and each step of it is right.
  if (right.operators.length > 0 && first !== undefined && equal(first.value, left.value)) return true;
  if (isUnclear(left, right)) return 'unclear';
  return false;
}

/** "Item 3 - 5 × 2 = 10": what stands before the first dash is no operand. */
function isLabelled(pieces: readonly Piece[], right: Side, nearly: boolean): boolean {
  const [, dash] = pieces;
  if (dash?.kind !== 'operator' || dash.operator !== '-') return false;
  const rest = evaluate(pieces.slice(2));
  return rest !== null && agrees(rest.value, right, nearly);
}

/** Equal; or the right side is one number, and rightly rounded to the places that it shows. */
function agrees(value: Rational, right: Side, nearly: boolean): boolean {
  if (equal(value, right.value)) return true;
  const [shown, more] = right.numbers;
  if (shown === undefined || more !== undefined) return false;
  // 0.25 × 100 = 25%: the sign was added to what is a percentage already.
  const hundredfold = shown.percent ? multiply(shown.value, rational(100n)) : null;
  if (hundredfold !== null && equal(value, hundredfold)) return true;
  const mayRound = nearly || !terminates(value) || shown.decimals || shown.digits >= 3;
  const error = absolute(subtract(value, right.value));
  // "Nearly" may be cut as well as rounded.
  return mayRound && atMost(error, nearly ? shown.place : multiply(shown.place, HALF));
}

/** Whether units, percentages or a label may explain why the two sides do not agree. */
function isUnclear(left: Side, right: Side): boolean {
  const sums = left.operators.some((op) => op === '+' || op === '-');
  const percents = new Set(left.numbers.map((n) => n.percent));
  if (sums && percents.size > 1) return true;
  const units = new Set(left.numbers.map((n) => n.unit).filter((unit) => unit !== ''));
  const resultUnit = right.numbers.at(-1)?.unit ?? '';
  if (sums && units.size > 1) return true;
  if (resultUnit !== '' && units.size > 0 && !units.has(resultUnit)) return true;
  return false;
}
