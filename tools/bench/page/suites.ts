/** Suites for benches: tables that grow to a number of tokens, because every tokenizer counts differently. */
import type { Item, LoadedModel, Passage, Suite } from '#domain';

export interface Shape {
  readonly passages: number;
  /** Questions on each passage. */
  readonly questions: number;
}

export interface SuiteOrder extends Shape {
  /** Tokens that a passage should have, about. */
  readonly passageTokens: number;
  readonly maxTokens: number;
}

const ITEMS = [
  'Revenue',
  'Cost of sales',
  'Gross profit',
  'Staff costs',
  'Depreciation',
  'Interest',
  'Tax',
  'Net profit',
];
const FIRST_YEAR = 1950;

/** Rows "Revenue 1950  12,345", the same on every machine. */
function rows(passage: number, count: number): { readonly label: string; readonly value: string }[] {
  return Array.from({ length: count }, (_, i) => {
    const label = `${ITEMS[i % ITEMS.length] ?? ''} in ${FIRST_YEAR + Math.floor(i / ITEMS.length)}`;
    const value = 1_000 + ((i * 7_919 + passage * 104_729) % 90_000);
    return { label, value: value.toLocaleString('en-US') };
  });
}

function passageOf(index: number, count: number): Passage {
  const text = rows(index, count).map(({ label, value }) => `${label}  ${value}`);
  return { id: `p${index}`, language: 'en', text: [`Report ${index + 1}`, ...text].join('\n') };
}

/** The questions ask for rows spread over the whole passage. */
function itemsOf(index: number, count: number, questions: number): Item[] {
  const all = rows(index, count);
  return Array.from({ length: questions }, (_, i) => {
    const row = all[Math.floor(((i + 0.5) / questions) * count)];
    return {
      id: `p${index}-q${i}`,
      language: 'en',
      passage: `p${index}`,
      question: `What was ${row?.label ?? ''}?`,
      gold: { value: row?.value ?? '', unit: '' },
      proof: { kind: 'stated' },
      tags: [],
    };
  });
}

export async function suiteOf(order: SuiteOrder, model: LoadedModel): Promise<Suite> {
  const { passages, questions, passageTokens, maxTokens } = order;
  const probe = 40;
  const perRow =
    ((await tokensOf(model, passageOf(0, 2 * probe).text)) - (await tokensOf(model, passageOf(0, probe).text))) / probe;
  const count = Math.round(passageTokens / perRow);
  const indices = Array.from({ length: passages }, (_, i) => i);
  return suiteWith(
    indices.flatMap((i) => itemsOf(i, count, questions)),
    indices.map((i) => passageOf(i, count)),
    maxTokens,
  );
}

/** One question, without a passage. */
export function questionSuite(question: string, maxTokens: number): Suite {
  const gold = { gold: { value: '42', unit: '' }, proof: { kind: 'stated' } } as const;
  return suiteWith([{ id: 'q', language: 'en', question, ...gold, tags: [] }], [], maxTokens);
}

function suiteWith(items: readonly Item[], passages: readonly Passage[], maxTokens: number): Suite {
  const words = { en: 'Bench', zh: 'Bench' };
  return {
    format: 'tabeval-suite',
    schema: 1,
    id: 'bench',
    version: '1',
    kind: 'custom',
    title: words,
    description: words,
    licence: 'CC0-1.0',
    prompt: { withPassage: { en: '{passage}\n\n{question}' }, withoutPassage: { en: '{question}' } },
    maxTokens,
    passages,
    items,
  };
}

/** How many tokens a text is: a budget of the whole context is refused as soon as they are counted. */
async function tokensOf(model: LoadedModel, prompt: string): Promise<number> {
  const sampling = { kind: 'greedy' } as const;
  const request = { messages: [], prompt, maxTokens: model.contextLength, sampling };
  for await (const event of model.generate(request, new AbortController().signal)) {
    if (event.type === 'prompt') return event.tokens;
  }
  throw new Error('the engine did not say how long the prompt is');
}
