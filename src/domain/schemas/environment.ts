import * as v from 'valibot';
import { count, duration } from './parts.ts';

export const deviceSchema = v.picklist(['webgpu', 'wasm', 'server', 'scripted']);

export const samplingSchema = v.object({ kind: v.literal('greedy') });

const measured = { cases: count, maxDifference: duration };
const selfTestSchema = v.variant('kind', [
  v.object({ kind: v.literal('valid'), ...measured }),
  v.object({ kind: v.literal('invalid'), ...measured }),
  v.object({ kind: v.literal('unverified'), reason: v.string() }),
]);

export const knownSelfTestSchema = v.object({ result: selfTestSchema, subgroups: v.boolean() });

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
});
