import { expect, it } from 'vitest';
import { declarationOf } from '../../tools/messages/declarations.ts';

const compiled = (inputs: string, parameter: string): string => `/* eslint-disable */
/** @typedef {${inputs}} Run_OfInputs */

/**
* | output |
* | --- |
* | "{done} of {total} */" |
*/
export const run_of = /** @type {((${parameter}: Run_OfInputs, options?: { locale?: "en" | "zh" }) => LocalizedString) & import('../runtime.js').MessageMetadata<Run_OfInputs, {}, {}>} */ ((inputs, options = {}) => {
});`;

it('declares a message with its inputs, and its text for editors', () => {
  expect(declarationOf(compiled('{ done: NonNullable<unknown>, total: NonNullable<unknown> }', 'inputs'))).toBe(
    '  /** "{done} of {total} * /" */\n' +
      '  readonly run_of: (inputs: { done: NonNullable<unknown>, total: NonNullable<unknown> }, ' +
      'options?: { locale?: "en" | "zh" }) => LocalizedString;',
  );
});

it('asks for no inputs where a message takes none', () => {
  expect(declarationOf(compiled('{}', 'inputs?'))).toContain('run_of: (inputs?: {}, options?');
});

it('does not guess at what it does not know', () => {
  expect(() => declarationOf('export const run_of = () => "";')).toThrow('No message is found');
});
