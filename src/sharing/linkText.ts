/** UTF-16 code units of a text in a link. Longer ones are cut when the link is made and refused when it is read. */
export const LONGEST_TEXT = 200;

/**
 * Control characters, lone surrogates, line separators, and the marks that turn the direction of writing: with those,
 * a name could make the line around it read otherwise than it is written.
 */
const UNFIT = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** At most `longest` code units, an ellipsis at the end of what was cut, nothing that could disguise a text. */
export function linkText(text: string, longest = LONGEST_TEXT): string {
  const fit = text.replace(UNFIT, '');
  // A cut through a pair of surrogates leaves half a character: it goes too.
  return fit.length <= longest ? fit : `${fit.slice(0, longest - 1).replace(UNFIT, '')}…`;
}

/** Whether a text from a link is as `linkText` leaves it. */
export function isLinkText(text: string): boolean {
  return text.length <= LONGEST_TEXT && text.search(UNFIT) === -1;
}
