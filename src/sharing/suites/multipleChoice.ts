import { bad, good, type EntryFormat, type Outcome } from './format.ts';
import { importProblem } from './problem.ts';

const LETTERS = 'ABCDEFGHIJ';

/** Rows with the options in columns A, B, C, D, …: MMLU (no head row), C-Eval and CMMLU (with one). */
export const multipleChoice = {
  kind: 'entries',
  id: 'multiple-choice',
  layouts: ['csv'],
  asks: 'choice',
  suiteKind: 'custom',
  roles: [],
  fits: ({ entries: [first] }) =>
    Array.isArray(first) && (headless(first as string[]) !== null || hasOptions(first as string[])),
  headless,
  *read(entry) {
    // Heads differ in case only: question, Question.
    const cells = Object.entries(entry as Readonly<Record<string, string>>).map(
      ([head, cell]) => [head.trim().toLowerCase(), cell] as const,
    );
    yield outcome(new Map(cells));
  },
} as const satisfies EntryFormat;

/** MMLU's own files: question, four options, letter; and nothing above them. */
function headless(row: readonly string[]): readonly string[] | null {
  const isMmlu = row.length === 6 && /^[A-D]$/.test(row[5]?.trim() ?? '') && !hasOptions(row);
  return isMmlu ? ['question', 'A', 'B', 'C', 'D', 'answer'] : null;
}

function hasOptions(head: readonly string[]): boolean {
  const names = head.map((name) => name.trim().toLowerCase());
  return ['question', 'a', 'b', 'answer'].every((name) => names.includes(name));
}

function outcome(cells: ReadonlyMap<string, string>): Outcome {
  const question = cells.get('question')?.trim() ?? '';
  if (question === '') return bad(importProblem('field-missing', { field: 'question' }, 'question'));
  const options = [...LETTERS].map((letter) => cells.get(letter.toLowerCase())?.trim() ?? '');
  const end = options.indexOf('');
  return choiceQuestion({
    id: cells.get('id')?.trim() ?? '',
    question,
    choices: end === -1 ? options : options.slice(0, end),
    answer: cells.get('answer') ?? '',
    solution: cells.get('explanation')?.trim() ?? '',
  });
}

interface ChoiceParts {
  /** '': none. */
  readonly id: string;
  readonly question: string;
  readonly choices: readonly string[];
  /** A letter (full-width too), or the text of an option. */
  readonly answer: string;
  /** '': none. */
  readonly solution: string;
}

/** A question with its options below it, as the model reads them; the gold is the letter. */
export function choiceQuestion({ id, question, choices, answer, solution }: ChoiceParts): Outcome {
  if (choices.length < 2 || choices.length > LETTERS.length)
    return bad(importProblem('too-few-choices', {}, 'question'));
  const given = answer.normalize('NFKC').trim();
  const letter = /^\(?([A-Ja-j])[).]?$/.exec(given)?.[1]?.toUpperCase();
  const place = letter === undefined ? choices.indexOf(given) : LETTERS.indexOf(letter);
  const value = LETTERS[place];
  if (value === undefined || place >= choices.length) {
    return bad(importProblem('not-a-choice', { value: given, most: LETTERS[choices.length - 1] ?? '' }, 'answer'));
  }
  const lines = choices.map((text, n) => `${LETTERS[n]}. ${text}`);
  return good({
    id: id === '' ? null : id,
    language: null,
    passage: null,
    question: [question, ...lines].join('\n'),
    gold: { value, unit: 'choice' },
    choices,
    ...(solution === '' ? {} : { solution }),
  });
}
