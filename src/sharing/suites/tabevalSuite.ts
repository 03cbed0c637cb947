import { decodeSuite } from '#domain';
import type { WholeFormat } from './format.ts';

/** Our own file of a suite: taken whole or, with one mistake, not at all. */
export const tabevalSuite = {
  kind: 'whole',
  id: 'tabeval-suite',
  layouts: ['json'],
  fits: ({ text }) => /"format"\s*:\s*"tabeval-suite"/.test(text),
  decode: decodeSuite,
} as const satisfies WholeFormat;
