import * as v from 'valibot';
import {
  countVerdicts,
  deviceSchema,
  modelSourceSchema,
  timeSchema,
  VARIANT_IDS,
  verdictLetters,
  type LinkProblem,
  type SharedRun,
} from '#domain';
import { linkTests, linkTestsSchema, testsOf } from './linkTests.ts';
import { linkSampling, linkSamplingSchema, samplingOf } from './linkSampling.ts';
import { linkThinking, linkThinkingSchema, thinkingOf } from './linkThinking.ts';
import { isLinkText } from './linkText.ts';
import { HASH_DIGITS } from './sharedRun.ts';

/*
 * Version 1 of what a link carries: a run as nested lists, every value known by its place. There are no keys in it, so
 * there is no key to forge either. A place is never moved or given another meaning: that is version 2.
 */
const text = v.pipe(v.string(), v.check(isLinkText, 'too long, or with characters that disguise a text'));
const prefix = v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${HASH_DIGITS}}$`)));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const MOST_ITEMS = 20_000;

const environmentParts = [
  deviceSchema,
  text,
  text,
  text,
  text,
  v.nullable(v.strictTuple([text, text, text])),
  v.union([
    v.strictTuple([v.picklist(['valid', 'invalid']), count, amount]),
    v.strictTuple([v.literal('unverified'), text]),
  ]),
] as const;

const payloadSchema = v.strictTuple([
  /** Suite: id, version, hash, title in English, in Chinese, hash of the items' ids. */
  v.strictTuple([text, text, prefix, text, text, prefix]),
  /** Model: id, name, source, revision, engine of the build, quantisation, bytes. */
  v.strictTuple([text, text, modelSourceSchema, text, text, text, count]),
  /** Environment: device, engine id, engine version, browser, system, adapter, self-test; the build's own test. */
  v.union([v.strictTuple(environmentParts), v.strictTuple([...environmentParts, linkTestsSchema])]),
  /**
   * Sampling, most new tokens; how the items were asked, where it was not the plain way; whether the model was to think,
   * where it can.
   */
  v.union([
    v.strictTuple([linkSamplingSchema, count]),
    v.strictTuple([linkSamplingSchema, count, v.picklist(VARIANT_IDS)]),
    v.strictTuple([linkSamplingSchema, count, v.picklist(VARIANT_IDS), linkThinkingSchema]),
  ]),
  /** Counts: correct, incorrect, no answer, truncated, unscored, pending. */
  v.strictTuple([count, count, count, count, count, count]),
  v.nullable(v.pipe(verdictLetters, v.maxLength(MOST_ITEMS))),
  /** Time: started at, seconds, decoded tokens, milliseconds of decoding. */
  v.strictTuple([timeSchema, amount, count, count]),
]);

type Payload = v.InferOutput<typeof payloadSchema>;

export function payloadOf(run: SharedRun): Payload {
  const { suite, model, environment, counts } = run;
  return [
    [suite.id, suite.version, suite.hashPrefix, suite.title.en, suite.title.zh, suite.itemsPrefix],
    [model.id, model.name, model.source, model.revision, model.build.engine, model.build.quantisation, model.bytes],
    environmentOf(environment),
    askedOf(run),
    [counts.correct, counts.incorrect, counts.noAnswer, counts.truncated, counts.unscored, counts.pending],
    run.verdicts,
    [run.startedAt, run.seconds, run.decodedTokens, run.decodeMs],
  ];
}

function environmentOf(environment: SharedRun['environment']): Payload[2] {
  const { device, engine, browser, os, adapter, selfTest } = environment;
  const machine = adapter && ([adapter.vendor, adapter.architecture, adapter.description] as [string, string, string]);
  const tested: Payload[2][6] =
    selfTest.kind === 'unverified'
      ? [selfTest.kind, selfTest.reason]
      : [selfTest.kind, selfTest.cases, selfTest.maxDifference];
  const tests = linkTests(environment);
  if (tests === null) return [device, engine.id, engine.version, browser, os, machine, tested];
  return [device, engine.id, engine.version, browser, os, machine, tested, tests];
}

/** Places at the end are left out where they say nothing: then pages from before they existed read the link as well. */
function askedOf({ sampling, maxTokens, promptVariant, thinking }: SharedRun): Payload[3] {
  const chosen = linkSampling(sampling);
  if (thinking !== undefined) return [chosen, maxTokens, promptVariant, linkThinking(thinking)];
  return promptVariant === 'plain' ? [chosen, maxTokens] : [chosen, maxTokens, promptVariant];
}

export type DecodedPayload =
  | { readonly ok: true; readonly run: SharedRun }
  | { readonly ok: false; readonly problem: Extract<LinkProblem, { code: 'wrong-shape' | 'counts-disagree' }> };

/** Problems that one report names. */
const MOST_PROBLEMS = 5;

export function decodePayload(input: unknown): DecodedPayload {
  const parsed = v.safeParse(payloadSchema, input);
  if (!parsed.success) {
    const at = parsed.issues.slice(0, MOST_PROBLEMS).map((issue) => v.getDotPath(issue) ?? 'payload');
    return { ok: false, problem: { code: 'wrong-shape', at } };
  }
  const run = runOf(parsed.output);
  return agrees(run) ? { ok: true, run } : { ok: false, problem: { code: 'counts-disagree' } };
}

function runOf([suite, model, environment, asked, counts, verdicts, time]: Payload): SharedRun {
  const [device, engineId, engineVersion, browser, os, adapter, selfTest, tests] = environment;
  return {
    claimedBy: 'sender',
    suite: {
      id: suite[0],
      version: suite[1],
      hashPrefix: suite[2],
      title: { en: suite[3], zh: suite[4] },
      itemsPrefix: suite[5],
    },
    model: {
      id: model[0],
      name: model[1],
      source: model[2],
      revision: model[3],
      build: { engine: model[4], quantisation: model[5] },
      bytes: model[6],
    },
    environment: {
      device,
      engine: { id: engineId, version: engineVersion },
      browser,
      os,
      adapter: adapter && { vendor: adapter[0], architecture: adapter[1], description: adapter[2] },
      selfTest:
        selfTest[0] === 'unverified'
          ? { kind: selfTest[0], reason: selfTest[1] }
          : { kind: selfTest[0], cases: selfTest[1], maxDifference: selfTest[2] },
      ...(tests === undefined ? {} : testsOf(tests)),
    },
    sampling: samplingOf(asked[0]),
    maxTokens: asked[1],
    promptVariant: asked[2] ?? 'plain',
    ...(asked[3] === undefined ? {} : { thinking: thinkingOf(asked[3]) }),
    counts: {
      correct: counts[0],
      incorrect: counts[1],
      noAnswer: counts[2],
      truncated: counts[3],
      unscored: counts[4],
      pending: counts[5],
    },
    verdicts,
    startedAt: time[0],
    seconds: time[1],
    decodedTokens: time[2],
    decodeMs: time[3],
  };
}

/** Where the verdicts came along, the counts must be theirs: a link cannot show one figure and mean another. */
function agrees({ counts, verdicts }: SharedRun): boolean {
  if (verdicts === null) return true;
  const counted = countVerdicts(verdicts);
  return (Object.keys(counted) as (keyof typeof counted)[]).every((kind) => counted[kind] === counts[kind]);
}
