import type { Candidates } from '../../../extract/choice/choice.ts';
import type { Committed } from '../../../extract/commitments/commitments.ts';
import type { Offer } from '../../../extract/choice/offer.ts';
import type { Language } from '../../../suite.ts';
import type { Discarded, Judgement } from '../../report.ts';
import type { Token } from '../reading/tokens.ts';

/** An output as it was read, before one type of value is looked for in it. */
export interface Reading {
  /** The cleaned text; all ranges are of it. */
  readonly text: string;
  readonly question: string;
  readonly passage: string;
  readonly language: Language;
  readonly commitments: readonly Committed[];
  readonly tokens: readonly Token[];
  readonly questionTokens: readonly Token[];
}

/** The candidates of one type of value, and who judges them. */
export interface Judged<T> extends Candidates<T> {
  /** What was read and is no candidate, to be shown with its reason. */
  readonly discarded: readonly Discarded[];
  judge(offer: Offer<T>): Judgement;
}
