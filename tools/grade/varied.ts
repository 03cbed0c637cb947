import { mulberry32 } from '../../src/domain/statistics/bootstrap.ts';
import { HOSTILE } from './hostile.ts';
import { chineseNumeral, englishWords, fullWidth } from './numerals.ts';

/** A name, and the piece number `n` of a text in which no two pieces are the same. */
export type Varied = readonly [name: string, piece: (n: number) => string];

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WORDS = 'the total of each item was then added to what they had left before and so on again'.split(' ');
const CHARACTERS = '公司本年度的收入较上年同期有所增长主要由于销售数量及单价均有上升';

/**
 * Text as dense as that of `HOSTILE`, of which nothing is said twice: leaving out what repeats does not shorten it.
 * Where a piece holds figures or numerals they count up; to any other a number is added.
 */
export const VARIED: readonly Varied[] = [
  ...HOSTILE.map((piece): Varied => [`${JSON.stringify(piece)} counted up`, (n) => countedUp(piece, n)]),
  ['powers', (n) => `${n}e${n % 9} `],
  ['random numbers', (n) => `${random(n, 1e9)} `],
  ['random amounts', (n) => `${random(n, 9e8).toLocaleString('en')}.${n % 10}, `],
  ['list', (n) => `${n}, `],
  ['lines of numbers', (n) => `${n * 37}\n`],
  ['English numbers', (n) => `${englishWords(n * 7919)}, `],
  ['Chinese numerals', (n) => `${chineseNumeral(BigInt(n) * 7919n)}，`],
  ['financial numerals', (n) => `${chineseNumeral(BigInt(n) * 7919n, true)}元整；`],
  ['percentages', (n) => `${n}.${n % 7}%、百分之${chineseNumeral(BigInt(n % 100))} `],
  ['losses', (n) => `亏损${n}万元，下降${n}.5%，`],
  ['not this but that', (n) => `not ${n} but ${n + 1}, `],
  [
    'dates',
    (n) => `${n % 28} ${MONTHS[n % 12] ?? ''} ${1900 + (n % 200)}, 20${10 + (n % 89)}-0${1 + (n % 9)}-1${n % 10}; `,
  ],
  ['table of years', (n) => `| ${1900 + (n % 200)} | row ${n} | ${n * 7919} | ${n * 31}.${n % 10} |\n`],
  ['English prose', (n) => `${WORDS.map((w, i) => WORDS[(i * n + n) % WORDS.length] ?? w).join(' ')} ${n}. `],
  ['Chinese prose', (n) => `${CHARACTERS.slice(n % 20)}${CHARACTERS.slice(0, n % 13)}${n}万元。`],
  ['JSON', (n) => `{"item": "no. ${n}", "value": ${n * 31}.${n % 10}, "list": [${n}, ${n + 1}]},\n`],
  ['JSON answers', (n) => `{"answer": ${n * 31}.${n % 10}, "unit": "千元"}\n`],
  ['code', (n) => `  total_${n} = price[${n}] * ${n % 90}.5 + x${n}  # ${n} items\n`],
  ['fenced code', (n) => `\`\`\`python\nx = ${n}\n\`\`\`\n${n} `],
  ['headings', (n) => `### Step ${n}: ${n * 3} apples\n`],
  ['all of them in some order', (n) => countedUp(HOSTILE[random(n, HOSTILE.length)] ?? '', n)],
];

function countedUp(piece: string, n: number): string {
  let next = n;
  const counted = piece
    // The hexadecimal digits of an escape are no number. Years stay years, and the zeros of a group stay zeros.
    .replace(/(?<!\\u\w*)\d+/g, (d) => (d === '000' ? d : String(d.length === 4 ? 1900 + (next++ % 200) : next++)))
    .replace(/１/g, () => fullWidth(String(next++)))
    .replace(/[一两]/g, () => chineseNumeral(BigInt(next++)))
    .replace(/\b(?:one|two)\b/g, () => englishWords(next++));
  return counted === piece ? `${piece}${n} ` : counted;
}

/** A whole number below `limit`, the same for the same `n`. */
function random(n: number, limit: number): number {
  return Math.floor(mulberry32(n)() * limit);
}
