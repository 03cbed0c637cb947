import type { GradeInput } from '../../src/domain/index.ts';
import { HOSTILE } from './hostile.ts';
import { VARIED } from './varied.ts';

/** Bytes of every output here, as UTF-8. */
const SIZE = 20_000;

export interface LongOutput {
  readonly name: string;
  readonly input: GradeInput;
}

const GOLDS: readonly GradeInput['gold'][] = [
  { value: '58159881', unit: 'CNY:thousand' },
  { value: '18', unit: '' },
  { value: '12.5', unit: 'percent' },
  { value: '210', unit: 'minute' },
  { value: '2024-12-31', unit: 'date' },
  { value: '10-20', unit: 'range' },
  { value: '58159881' },
  { value: '北京', unit: 'text' },
  { value: 'B', unit: 'choice' },
];

/** What long outputs of real models are made of: much to read on every line. `n` numbers the lines. */
const DENSE: readonly (readonly [name: string, line: (n: number) => string])[] = [
  ['report en', (n) => `In ${1990 + (n % 35)}, revenue rose ${n % 90}.${n % 10}% to RMB${amount(n)} thousand. `],
  [
    'report zh',
    (n) => `${1990 + (n % 35)}年收入为人民币${amount(n)}千元（约${n % 900}.${n % 10}亿元），增长${n % 60}%。\n`,
  ],
  ['table', (n) => `| 项目${n} | ${amount(n)} | (${amount(n + 7)}) | ${n % 100}.${n % 10}% |\n`],
  ['money list', (n) => `US$${n % 900}.${n % 10} billion, HK$${amount(n)} million, ${n}元${n % 10}角, `],
  ['calculation', (n) => `Step ${n}: ${n} + ${n + 3} = ${2 * n + 3} dollars, so ${2 * n + 3} × 2 = $${4 * n + 6}.\n`],
  ['commitments', (n) => `The answer is RMB ${amount(n)} thousand. Wait, I forgot item ${n}. `],
  ['times', (n) => `Train ${n} takes ${n % 20} hours ${n % 60} minutes (${n % 24}:${10 + (n % 50)}), ${n % 90}.5 km. `],
  [
    'numerals',
    (n) =>
      `${'一二三四五六七八九'[n % 9] ?? ''}千${'一二三四五六七八九'[n % 7] ?? ''}百万元，${n % 30}亿${n % 9000}万元；`,
  ],
];

/** Dense text as the thinking before an answer that never comes. */
const THOUGHT = DENSE.filter(([name]) => name === 'calculation' || name === 'report zh');

function amount(n: number): string {
  return `${(n * 37) % 900},${String((n * 7919) % 1000).padStart(3, '0')},${String((n * 104_729) % 1000).padStart(3, '0')}`;
}

/**
 * Outputs of 20 kB: pieces that patterns trip over, repeated and varied, and dense text of every kind, each for every
 * type of gold.
 */
export function longOutputs(): readonly LongOutput[] {
  const texts = [
    ...HOSTILE.map((piece) => [JSON.stringify(piece), filled(() => piece)] as const),
    ...[...DENSE, ...VARIED].map(([name, line]) => [name, filled(line)] as const),
    ...THOUGHT.map(([name, line]) => [`thinking: ${name}`, `<think>${filled(line)}</think>`] as const),
  ];
  return texts.flatMap(([name, output]) =>
    GOLDS.map((gold): LongOutput => {
      const question = 'What was revenue in 2024? 公司2024年的收入是多少？';
      const input: GradeInput = { output, gold, language: 'en', question, finish: 'stop' };
      return { name: `${name} for ${gold.unit ?? 'no unit'}`, input };
    }),
  );
}

function filled(line: (n: number) => string): string {
  let text = '';
  for (let n = 1, left = SIZE; left > 0; n++) {
    const next = line(n);
    left -= Buffer.byteLength(next);
    text += next;
  }
  return text;
}
