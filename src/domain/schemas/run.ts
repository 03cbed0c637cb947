import * as v from 'valibot';
import { SAMPLING_VALUES } from '../sampling.ts';
import { VARIANT_IDS } from '../suite.ts';
import { THINKING_CONTROLS } from '../thinkingMode.ts';
import { environmentSchema, samplingSchema } from './environment.ts';
import { failureSchema } from './failure.ts';
import { count, duration, localText, runId, timeSchema } from './parts.ts';
import { verdictLetters, verdictSchema } from './verdict.ts';

export const modelSourceSchema = v.picklist(['embedded', 'folder', 'hub', 'server', 'scripted']);

export const modelRefSchema = v.object({
  id: v.string(),
  name: v.string(),
  source: modelSourceSchema,
  revision: v.string(),
  build: v.object({ engine: v.string(), quantisation: v.string() }),
  files: v.array(v.object({ path: v.string(), bytes: count, sha256: v.string() })),
});

/** Also of a link. */
export const runThinkingSchema = v.variant('mode', [
  v.object({ mode: v.literal('on'), budget: count, control: v.picklist(THINKING_CONTROLS) }),
  v.object({ mode: v.literal('off'), control: v.picklist(['template', 'server', 'unheard']) }),
]);

const spec = v.object({
  suite: v.object({ id: v.string(), version: v.string(), hash: v.string(), title: localText }),
  itemIds: v.array(v.string()),
  // Absent in records from before there were variants.
  promptVariant: v.optional(v.picklist(VARIANT_IDS), 'plain'),
  model: modelRefSchema,
  sampling: samplingSchema,
  samplingNotTaken: v.exactOptional(v.array(v.picklist(SAMPLING_VALUES))),
  maxTokens: count,
  thinking: v.exactOptional(runThinkingSchema),
  contextLength: count,
  renderedBy: v.picklist(['tabeval', 'server']),
  templateHash: v.nullable(v.string()),
});

const state = v.variant('kind', [
  v.object({ kind: v.literal('running') }),
  v.object({ kind: v.literal('stopped') }),
  v.object({ kind: v.literal('finished') }),
  v.object({ kind: v.literal('failed'), failure: failureSchema }),
]);

export const runHeaderSchema = v.pipe(
  v.object({
    schema: v.literal(1),
    id: runId,
    spec,
    environment: environmentSchema,
    state,
    startedAt: timeSchema,
    updatedAt: timeSchema,
    seconds: duration,
    decodedTokens: count,
    decodeMs: duration,
    thinking: v.exactOptional(v.object({ items: count, tokens: count, cutThinking: count, cutAnswering: count })),
    verdicts: verdictLetters,
    origin: v.exactOptional(v.literal('imported')),
  }),
  v.check((h) => h.verdicts.length === h.spec.itemIds.length, 'verdicts must have one letter for each of spec.itemIds'),
);

const grader = v.object({ id: v.string(), version: v.string() });

/** As in Timing. */
const timingSchema = v.object({
  firstTokenMs: duration,
  decodeMs: duration,
  reusedTokens: v.exactOptional(count),
});

export const itemRecordSchema = v.object({
  schema: v.literal(1),
  runId,
  index: count,
  itemId: v.string(),
  prompt: v.string(),
  promptHash: v.string(),
  tokenIdsHash: v.nullable(v.string()),
  output: v.string(),
  // As in divergence/outputIds.ts: the last digit ends an id.
  outputIds: v.exactOptional(v.pipe(v.string(), v.regex(/^([\dA-Za-z+/]*[A-Za-f])?$/))),
  finish: v.nullable(v.picklist(['stop', 'length'])),
  usage: v.nullable(v.object({ promptTokens: count, outputTokens: count })),
  timing: v.nullable(timingSchema),
  thinking: v.exactOptional(v.object({ tokens: count, cut: v.boolean() })),
  answeredBy: v.exactOptional(v.string()),
  hidden: v.boolean(),
  verdict: verdictSchema,
  grader,
  before: v.exactOptional(v.array(v.object({ verdict: verdictSchema, grader, until: timeSchema }))),
  startedAt: timeSchema,
  endedAt: timeSchema,
});
