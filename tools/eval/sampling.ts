import { InvalidArgumentError, type Command } from 'commander';
import type { Page } from 'playwright-core';
import { MOST_REPEATS, SEEDS } from '../../src/domain/sampling.ts';

/** The values of a sampling as the command names them, with what leaves each without effect. */
const NEUTRAL = { temperature: null, topP: 1, topK: '', minP: 0, repetitionPenalty: 1 } as const;
type Value = keyof typeof NEUTRAL;

export type SampleChoice =
  | { readonly kind: 'greedy' }
  /** What the model's makers recommend. */
  | { readonly kind: 'recommended' }
  | { readonly kind: 'own'; readonly values: Readonly<Partial<Record<Value, number>>> };

export interface Drawing {
  readonly sample: SampleChoice;
  readonly seed: number;
  readonly repeats: number;
}

/** "recommended", or "temperature=0.7,topP=0.8,topK=20". */
export function sample(text: string): SampleChoice {
  if (text === 'recommended') return { kind: 'recommended' };
  const known = Object.keys(NEUTRAL) as Value[];
  const values: Partial<Record<Value, number>> = {};
  for (const part of text.split(',')) {
    const [name = '', written = ''] = part.split('=');
    const value = known.find((one) => one === name.trim());
    if (value === undefined) throw new InvalidArgumentError(`"${name}" is none of ${known.join(', ')}.`);
    const number = Number(written);
    if (written.trim() === '' || !Number.isFinite(number)) {
      throw new InvalidArgumentError(`Say a number for ${value}: ${value}=0.7.`);
    }
    values[value] = number;
  }
  if (values.temperature === undefined) throw new InvalidArgumentError('Say a temperature: temperature=0.7.');
  return { kind: 'own', values };
}

export function seed(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0 || n >= SEEDS) {
    throw new InvalidArgumentError(`Say a whole number from 0 to ${SEEDS - 1}.`);
  }
  return n;
}

export function repeats(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > MOST_REPEATS) {
    throw new InvalidArgumentError(`Say a whole number from 1 to ${MOST_REPEATS}.`);
  }
  return n;
}

/** Ends the process where the options contradict each other. */
export function drawingOf(
  { sample: choice = { kind: 'greedy' }, seed: first, repeats: count }: Partial<Drawing>,
  command: Command,
): Drawing {
  if (choice.kind === 'greedy' && first !== undefined) command.error('--seed: greedy runs have none; give --sample.');
  if (choice.kind === 'greedy' && count !== undefined && count > 2) {
    command.error('--repeats: greedy answers are the same each time. 2 checks that; for more give --sample.');
  }
  return { sample: choice, seed: first ?? 1, repeats: count ?? 1 };
}

/** Fills the fields of the Run page. */
export async function setDrawing(page: Page, { sample: choice, seed: first, repeats: count }: Drawing): Promise<void> {
  if (choice.kind === 'greedy') {
    if (count === 2) await page.getByTestId('twice').check();
    return;
  }
  await page.getByTestId('drawing').selectOption(choice.kind);
  await page.getByTestId('repeats').fill(String(count));
  await page.getByTestId('seed').fill(String(first));
  if (choice.kind === 'recommended') {
    await page.getByTestId('recommended').waitFor();
    return;
  }
  for (const [value, neutral] of Object.entries(NEUTRAL)) {
    await page.getByTestId(`sampling-${value}`).fill(String(choice.values[value as Value] ?? neutral));
  }
  if (await page.getByTestId('start').isDisabled()) {
    const said = await page.locator('fieldset .error').allInnerTexts();
    throw new Error(`The page refuses these values: ${said.join(' ')}`);
  }
}
