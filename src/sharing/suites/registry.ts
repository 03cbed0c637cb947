import type { SuiteFormat } from './format.ts';
import { gsm8k } from './gsm8k.ts';
import { lmEvalSamples } from './lmEval.ts';
import { multipleChoice } from './multipleChoice.ts';
import { promptfoo } from './promptfoo.ts';
import { squad } from './squad.ts';
import { table } from './table.ts';
import { tabevalSuite } from './tabevalSuite.ts';
import { tatQa } from './tatQa.ts';

/** Every format that suites are read from. The first one that fits is offered first; `table` takes what no other does. */
export const SUITE_FORMATS = [
  tabevalSuite,
  gsm8k,
  squad,
  tatQa,
  promptfoo,
  multipleChoice,
  lmEvalSamples,
  table,
] as const;

export type SuiteFormatId = (typeof SUITE_FORMATS)[number]['id'];

export function suiteFormat(id: SuiteFormatId): SuiteFormat {
  return SUITE_FORMATS.find((format) => format.id === id) ?? table;
}
