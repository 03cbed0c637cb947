import { fold } from '../../extract/text/fold.ts';

const ARTICLES = /(?<![\p{L}\p{N}])(?:a|an|the)(?![\p{L}\p{N}])/gu;
const GROUPING = /(?<=\d)[,，](?=\d{3}(?!\d))/g;
/** Punctuation and spaces, except what is part of a number or a name: 3.5, -5, 10/20, 12:30, C++, C#, 12%. */
const DROPPED =
  /(?<!\d)[.．]|[.．](?!\d)|(?<=[^\d\s])[-–—]|[-–—](?!\d)|(?<!\d)[/:：]|[/:：](?!\d)|[^\p{L}\p{N}\p{M}\s.．\-–—/:：+#%‰°℃]/gu;
/** U.S., J.P.: the dots of initials are no more than their way of writing. */
const INITIALS = /(?<![a-z\d.])(?:[a-z]\.)+[a-z](?![a-z\d])\.?/g;
const SPACE_AT_HAN = /(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/gu;

/**
 * The form in which spans are compared: NFKC, simplified, lower case, no punctuation, no English articles. Digits keep
 * their decimal points and signs: 3.5 is not 35, which SQuAD's own normalisation makes of it.
 */
export function normaliseSpan(text: string): string {
  return fold(text.normalize('NFKC'))
    .toLowerCase()
    .replace(INITIALS, (initials) => initials.replaceAll('.', ''))
    .replace(GROUPING, '')
    .replace(DROPPED, ' ')
    .replace(ARTICLES, ' ')
    .replace(/\s+/g, ' ')
    .replace(SPACE_AT_HAN, '')
    .trim();
}
