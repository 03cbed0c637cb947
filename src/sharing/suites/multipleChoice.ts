import { bad, good, type EntryFormat, type Outcome } from './format.ts';
import { importProblem } from './problem.ts';

const LETTERS = 'ABCDEFGHIJ';

type Part = 'id' | 'question' | 'answer' | 'explanation';

/** Heads of the parts of a row, lower case, as MMLU, C-Eval, CMMLU and people's own tables write them. */
const PARTS: Readonly<Record<Part, readonly string[]>> = {
  id: ['id', '编号', '編號', '序号', '序號', '题号', '題號'],
  question: ['question', '问题', '問題', '题目', '題目', '题干', '題幹', '试题', '試題'],
  answer: ['answer', 'correct answer', '答案', '正确答案', '正確答案', '标准答案', '標準答案', '参考答案', '參考答案'],
  explanation: ['explanation', '解析', '解释', '解釋', '答案解析'],
};
const PART_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(PARTS).flatMap(([part, heads]) => heads.map((head) => [head, part] as const)),
);

/** "A", "选项A", "option_a". */
const OPTION = /^(?:选项|選項|option|choice)?[ _-]*([a-j])$/;

/** What a column holds: a part of the row, the option of a letter (in lower case), or something else. */
function columnOf(head: string): string {
  const plain = head.normalize('NFKC').trim().toLowerCase();
  return PART_OF.get(plain) ?? OPTION.exec(plain)?.[1] ?? plain;
}

/** Rows with the options in columns A, B, C, D, …: MMLU (no head row), C-Eval and CMMLU (with one). */
export const multipleChoice = {
  kind: 'entries',
  id: 'multiple-choice',
  layouts: ['csv'],
  asks: 'choice',
  suiteKind: 'custom',
  roles: [],
  fits: ({ entries: [first] }) => {
    if (!Array.isArray(first)) return false;
    const row = first as string[];
    return headless(row) !== null || ['question', 'a', 'b'].every((part) => row.map(columnOf).includes(part));
  },
  headless,
  *read(entry) {
    const cells = Object.entries(entry as Readonly<Record<string, string>>).map(
      ([head, cell]) => [columnOf(head), cell] as const,
    );
    yield outcome(new Map(cells));
  },
} as const satisfies EntryFormat;

/** MMLU's own files: question, four options, letter; and nothing above them. */
function headless(row: readonly string[]): readonly string[] | null {
  // The head of a file without answers ends in a letter as well: "id,question,A,B,C,D".
  const isHead = row.map(columnOf).includes('question');
  const isMmlu = row.length === 6 && /^[A-D]$/.test(row[5]?.trim() ?? '') && !isHead;
  return isMmlu ? ['question', 'A', 'B', 'C', 'D', 'answer'] : null;
}

function outcome(cells: ReadonlyMap<string, string>): Outcome {
  const question = cells.get('question')?.trim() ?? '';
  const answer = cells.get('answer')?.trim() ?? '';
  if (question === '') return bad(importProblem('field-missing', { field: 'question' }, 'question'));
  if (answer === '') return bad(importProblem('field-missing', { field: 'answer' }, 'answer'));
  const options = [...LETTERS].map((letter) => cells.get(letter.toLowerCase())?.trim() ?? '');
  const end = options.indexOf('');
  return choiceQuestion({
    id: cells.get('id')?.trim() ?? '',
    question,
    choices: end === -1 ? options : options.slice(0, end),
    answer,
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
