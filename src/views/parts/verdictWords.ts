import type { VerdictLetter } from '#domain';
import { m } from '#i18n';
import type { IconName } from './icons.ts';

interface Look {
  /** Sets the colour: see `.verdict-…` in VerdictBadge and VerdictStrip. */
  readonly tone: 'good' | 'bad' | 'none' | 'warn' | 'odd' | 'pending';
  readonly icon: IconName;
  readonly word: () => string;
}

/** How each verdict looks and is called, everywhere: a colour, a shape and a word. */
export const VERDICT_LOOKS: Readonly<Record<VerdictLetter, Look>> = {
  c: { tone: 'good', icon: 'check', word: m.verdict_correct },
  i: { tone: 'bad', icon: 'cross', word: m.verdict_incorrect },
  n: { tone: 'none', icon: 'dash', word: m.verdict_no_answer },
  t: { tone: 'warn', icon: 'scissors', word: m.verdict_truncated },
  u: { tone: 'odd', icon: 'alert', word: m.verdict_unscored },
  '.': { tone: 'pending', icon: 'dot', word: m.verdict_pending },
};

/** The letters in the order in which they are told. */
export const VERDICT_ORDER: readonly VerdictLetter[] = ['c', 'i', 'n', 't', 'u', '.'];
