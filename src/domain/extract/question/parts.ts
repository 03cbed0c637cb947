import { plain } from './asides.ts';
import type { Offer } from '../choice/offer.ts';

/** What opens the parts of a sum that was said before them: "33 children: 20 boys and 13 girls". */
const OPENS = /^[^.。!?]{0,40}?(?:[:：(（,，–—]| - |\bthat(?:'s| is)\b|其中|包括)[^\n]{0,40}$/i;
/** Says what happened to the sum: "10 apples, ate 4, so 6 are left" has no parts. */
const HAPPENS =
  /\b(?:so|left|remain\w*|leav\w+|then|therefore|gives?|gave|given|ate|eats?|lost|loses?|sold|sells?|spent|spends?|used|uses?|took|takes?|minus|after|more|fewer|less|but)\b|[=−]|剩|后|所以|减|还/i;
const MOST = 6;

/** Whether the numbers from behind one of `said` through `rest` add up to it, as a list of its parts. */
export function isSumOf(text: string, said: readonly Offer[], rest: readonly Offer[]): boolean {
  const [offer] = rest;
  if (offer === undefined) return false;
  return said.some((whole, i) => {
    const inner = said.slice(i + 1);
    const [first = offer] = inner;
    if (!OPENS.test(text.slice(whole.end, first.start))) return false;
    let sum = 0;
    for (const [n, part] of [...inner, ...rest].slice(0, MOST).entries()) {
      sum += numberOf(part);
      const isWhole = n > 0 && n >= inner.length && Math.abs(sum - numberOf(whole)) < 1e-9;
      if (isWhole) return !HAPPENS.test(text.slice(whole.end, part.start));
    }
    return false;
  });
}

function numberOf(offer: Offer): number {
  return Number(plain(offer).replaceAll(',', ''));
}
