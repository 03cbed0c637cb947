import {
  countVerdicts,
  type Cure,
  type Environment,
  type RunHeader,
  type SelfTest,
  sha256Hex,
  type SharedEnvironment,
  type SharedRun,
} from '#domain';
import { linkText, LONGEST_TEXT } from './linkText.ts';

/** Hex digits of a hash in a link: 48 bits tell suites apart; they prove nothing, as nothing in a link does. */
export const HASH_DIGITS = 12;

/** What a link tells of a run. `longest`: characters (UTF-16 code units) that each text may keep. */
export function sharedRun(header: RunHeader, longest = LONGEST_TEXT): SharedRun {
  const { spec, environment } = header;
  const { suite, model } = spec;
  const text = (whole: string): string => linkText(whole, longest);
  return {
    claimedBy: 'sender',
    suite: {
      id: text(suite.id),
      version: text(suite.version),
      hashPrefix: suite.hash.slice(0, HASH_DIGITS),
      title: { en: text(suite.title.en), zh: text(suite.title.zh) },
      itemsPrefix: itemsPrefix(spec.itemIds),
    },
    model: {
      id: text(model.id),
      name: text(model.name),
      source: model.source,
      revision: text(model.revision),
      build: { engine: text(model.build.engine), quantisation: text(model.build.quantisation) },
      bytes: model.files.reduce((sum, file) => sum + file.bytes, 0),
    },
    environment: {
      device: environment.device,
      engine: { id: text(environment.engine.id), version: text(environment.engine.version) },
      browser: text(environment.browser),
      os: text(environment.os),
      adapter: environment.adapter && {
        vendor: text(environment.adapter.vendor),
        architecture: text(environment.adapter.architecture),
        description: text(environment.adapter.description),
      },
      selfTest: sharedSelfTest(environment.selfTest, text),
      ...sharedTests(environment, text),
    },
    sampling: spec.sampling,
    promptVariant: spec.promptVariant,
    maxTokens: spec.maxTokens,
    ...(spec.thinking === undefined ? {} : { thinking: spec.thinking }),
    counts: countVerdicts(header.verdicts),
    verdicts: header.verdicts,
    startedAt: header.startedAt.replace(/\.\d+Z$/, 'Z'),
    seconds: Math.round(header.seconds * 10) / 10,
    decodedTokens: header.decodedTokens,
    decodeMs: Math.round(header.decodeMs),
  };
}

/** Equal for two runs that asked the same items in the same order: only then are their verdicts letter by letter. */
export function itemsPrefix(itemIds: readonly string[]): string {
  return sha256Hex(itemIds.join('\n')).slice(0, HASH_DIGITS);
}

function sharedTests(
  { buildTest, cures }: Environment,
  text: (whole: string) => string,
): Pick<SharedEnvironment, 'buildTest' | 'cures'> {
  if (buildTest === undefined) return {};
  const short = (figure: number): number => Number(figure.toPrecision(3));
  const test =
    buildTest.kind === 'unverified'
      ? { ...buildTest, detail: text(buildTest.detail) }
      : {
          ...buildTest,
          meanDifference: short(buildTest.meanDifference),
          worstDifference: short(buildTest.worstDifference),
          agreement: short(buildTest.agreement),
        };
  return { buildTest: test, ...(cures === undefined ? {} : { cures: cures.map((cure) => sharedCure(cure, text)) }) };
}

function sharedCure(cure: Cure, text: (whole: string) => string): Cure {
  if (cure.kind !== 'other-build') return cure;
  const { engine, quantisation } = cure.insteadOf;
  return { kind: cure.kind, insteadOf: { engine: text(engine), quantisation: text(quantisation) } };
}

function sharedSelfTest(test: SelfTest, text: (whole: string) => string): SelfTest {
  return test.kind === 'unverified'
    ? { kind: 'unverified', reason: text(test.reason) }
    : { ...test, maxDifference: Number(test.maxDifference.toPrecision(3)) };
}
