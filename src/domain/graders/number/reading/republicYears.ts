import type { Token } from './tokens.ts';

const ASKED = /民国 ?\d{2,3}年/;
const YEAR = /^(\d{2,3})年(?:度)?(?![前后内间来])/;

/** "113年度" as 2024, where the question counts the years of the Republic (民國113年). */
export function withRepublicYears(text: string, question: string, tokens: readonly Token[]): readonly Token[] {
  if (!ASKED.test(question)) return tokens;
  return tokens.map((token) => {
    const said = token.kind === 'number' ? YEAR.exec(text.slice(token.start, token.start + 8)) : null;
    if (said === null) return token;
    const end = token.start + said[0].length;
    const date = { year: Number(said[1]) + 1911, month: null, day: null, ambiguous: false, end };
    return { kind: 'date', start: token.start, end, date };
  });
}
