import { decodeSuite } from '#domain';
import { withKnownUnits } from '#domain/grading';
import type { WholeFormat } from './format.ts';

/** Our own file of a suite: taken whole or, with one mistake, not at all. */
export const tabevalSuite = {
  kind: 'whole',
  id: 'tabeval-suite',
  layouts: ['json'],
  fits: ({ text }) => /"format"\s*:\s*"tabeval-suite"/.test(text),
  decode: (json) => withKnownUnits(decodeSuite(json)),
} as const satisfies WholeFormat;
