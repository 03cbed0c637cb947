import * as v from 'valibot';
import { UNTESTED_REASONS } from '../selfTest.ts';
import { count, duration } from './parts.ts';

export const deviceSchema = v.picklist(['webgpu', 'wasm', 'server', 'scripted']);

export const samplingSchema = v.variant('kind', [
  v.object({ kind: v.literal('greedy') }),
  v.object({
    kind: v.literal('sampled'),
    temperature: v.pipe(v.number(), v.gtValue(0), v.maxValue(2)),
    topP: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
    topK: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
    minP: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    repetitionPenalty: v.pipe(v.number(), v.gtValue(0), v.maxValue(10)),
    seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
  }),
]);

const measured = { cases: count, maxDifference: duration };
const selfTestSchema = v.variant('kind', [
  v.object({ kind: v.literal('valid'), ...measured }),
  v.object({ kind: v.literal('invalid'), ...measured }),
  v.object({ kind: v.literal('unverified'), reason: v.string() }),
]);

const figures = {
  against: v.picklist(['band', 'wasm']),
  tokens: count,
  meanDifference: duration,
  worstDifference: duration,
  agreement: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
};
const buildTestSchema = v.variant('kind', [
  v.object({ kind: v.literal('valid'), ...figures }),
  v.object({ kind: v.literal('invalid'), ...figures }),
  v.object({ kind: v.literal('unverified'), reason: v.picklist(UNTESTED_REASONS), detail: v.string() }),
]);

const cureSchema = v.variant('kind', [
  v.object({ kind: v.literal('without-subgroups') }),
  v.object({
    kind: v.literal('other-build'),
    insteadOf: v.object({ engine: v.string(), quantisation: v.string() }),
  }),
  v.object({ kind: v.literal('wasm') }),
]);

const speed = v.pipe(v.number(), v.finite(), v.minValue(1));

export const knownSelfTestSchema = v.object({
  result: selfTestSchema,
  subgroups: v.boolean(),
  memorySpeed: v.exactOptional(speed),
});

/** As in Environment. */
const memorySchema = v.object({
  bytesPerSecond: speed,
  readPerToken: v.nullable(v.object({ weights: speed, perContextToken: duration })),
});

const adapter = v.object({
  vendor: v.string(),
  architecture: v.string(),
  description: v.string(),
  f16: v.boolean(),
  subgroupMinSize: v.nullable(count),
  subgroups: v.boolean(),
});

export const environmentSchema = v.object({
  device: deviceSchema,
  engine: v.object({ id: v.string(), version: v.string() }),
  browser: v.string(),
  os: v.string(),
  threads: v.nullable(count),
  adapter: v.nullable(adapter),
  selfTest: selfTestSchema,
  memory: v.exactOptional(memorySchema),
  buildTest: v.exactOptional(buildTestSchema),
  cures: v.exactOptional(v.array(cureSchema)),
});
