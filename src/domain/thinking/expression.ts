import {
  add,
  divide,
  equal,
  multiply,
  negate,
  subtract,
  ZERO,
  type Rational,
} from '../graders/number/reading/rational.ts';
import type { NumberPiece, Operator, Piece } from './tokens.ts';

/** What one side of an equation comes to. */
export interface Side {
  readonly value: Rational;
  readonly numbers: readonly NumberPiece[];
  readonly operators: readonly Operator[];
  readonly start: number;
  readonly end: number;
}

/** More pieces are no step that somebody wrote down to be checked; the arithmetic of a hostile text stays bounded. */
const MOST_PIECES = 40;

/** The value of + − × ÷ and parentheses by the usual precedence, exactly. Null: not the whole of it can be evaluated. */
export function evaluate(pieces: readonly Piece[]): Side | null {
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first === undefined || last === undefined || pieces.length > MOST_PIECES) return null;
  const reader = new Reader(pieces);
  const value = reader.sum();
  if (value === null || !reader.atEnd) return null;
  const numbers = pieces.filter((piece) => piece.kind === 'number');
  const operators = pieces.flatMap((piece) => (piece.kind === 'operator' ? [piece.operator] : []));
  return { value, numbers, operators, start: first.start, end: last.end };
}

/** Recursive descent over the pieces of one side; every method gives null where it cannot go on. */
class Reader {
  private at = 0;
  private readonly pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
  }

  get atEnd(): boolean {
    return this.at === this.pieces.length;
  }

  sum(): Rational | null {
    let value = this.product();
    for (let op = this.operator('+', '-'); op !== null && value !== null; op = this.operator('+', '-')) {
      const next = this.product();
      value = next === null ? null : op === '+' ? add(value, next) : subtract(value, next);
    }
    return value;
  }

  private product(): Rational | null {
    let value = this.factor();
    for (let op = this.operator('*', '/'); op !== null && value !== null; op = this.operator('*', '/')) {
      const next = this.factor();
      if (next === null || (op === '/' && equal(next, ZERO))) return null;
      value = op === '*' ? multiply(value, next) : divide(value, next);
    }
    return value;
  }

  private factor(): Rational | null {
    const piece = this.pieces[this.at];
    this.at += 1;
    if (piece?.kind === 'number') return piece.value;
    if (piece?.kind === 'operator' && piece.operator === '-') {
      // A sign stands at its number; "- 5" is more often a line of a list, or the rest of what could not be read.
      const next = this.pieces[this.at];
      if (next?.start !== piece.end || this.at !== 1) return null;
      const value = this.factor();
      return value === null ? null : negate(value);
    }
    if (piece?.kind !== 'open') return null;
    const value = this.sum();
    const closing = this.pieces[this.at];
    this.at += 1;
    return closing?.kind === 'close' ? value : null;
  }

  private operator(...wanted: readonly Operator[]): Operator | null {
    const piece = this.pieces[this.at];
    if (piece?.kind !== 'operator' || !wanted.includes(piece.operator)) return null;
    this.at += 1;
    return piece.operator;
  }
}
