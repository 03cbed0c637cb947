/** A build's own test and the cures that were taken, as a link carries them: by place, in as few characters as may be. */
import * as v from 'valibot';
import { UNTESTED_REASONS, type BuildTest, type Cure, type SharedEnvironment } from '#domain';
import { isLinkText } from './linkText.ts';

const text = v.pipe(v.string(), v.check(isLinkText, 'too long, or with characters that disguise a text'));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Kind, against what, tokens, difference of means, largest difference, agreement; or why there is none. */
const testSchema = v.union([
  v.strictTuple([v.picklist(['valid', 'invalid']), v.picklist(['band', 'wasm']), count, amount, amount, share]),
  v.strictTuple([v.literal('unverified'), v.picklist(UNTESTED_REASONS), text]),
]);

const cureSchema = v.union([
  v.strictTuple([v.picklist(['without-subgroups', 'wasm'])]),
  v.strictTuple([v.literal('other-build'), text, text]),
]);

const MOST_CURES = 4;

export const linkTestsSchema = v.strictTuple([testSchema, v.pipe(v.array(cureSchema), v.maxLength(MOST_CURES))]);
type LinkTests = v.InferOutput<typeof linkTestsSchema>;
type Tests = Pick<SharedEnvironment, 'buildTest' | 'cures'>;

/** Null where the build was not tested: then pages from before builds were tested read the link as well. */
export function linkTests({ buildTest, cures = [] }: Tests): LinkTests | null {
  return buildTest === undefined ? null : [testOf(buildTest), cures.map(cureOf)];
}

function testOf(test: BuildTest): LinkTests[0] {
  if (test.kind === 'unverified') return [test.kind, test.reason, test.detail];
  const { kind, against, tokens, meanDifference, worstDifference, agreement } = test;
  return [kind, against, tokens, meanDifference, worstDifference, agreement];
}

function cureOf(cure: Cure): LinkTests[1][number] {
  if (cure.kind !== 'other-build') return [cure.kind];
  return [cure.kind, cure.insteadOf.engine, cure.insteadOf.quantisation];
}

export function testsOf([test, cures]: LinkTests): Tests {
  return {
    buildTest:
      test[0] === 'unverified'
        ? { kind: test[0], reason: test[1], detail: test[2] }
        : {
            ...{ kind: test[0], against: test[1], tokens: test[2] },
            ...{ meanDifference: test[3], worstDifference: test[4], agreement: test[5] },
          },
    ...(cures.length === 0 ? {} : { cures: cures.map(readCure) }),
  };
}

function readCure(cure: LinkTests[1][number]): Cure {
  if (cure[0] !== 'other-build') return { kind: cure[0] };
  return { kind: cure[0], insteadOf: { engine: cure[1], quantisation: cure[2] } };
}
