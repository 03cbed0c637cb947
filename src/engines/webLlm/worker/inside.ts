/**
 * The few things of web-llm that are not public and that no public call gives: the tokenizer, the counts of one answer
 * and its tokens, the place for a logit processor (by its public way one is there for every answer, and costs a copy of
 * all logits for each token). What another version may have moved is missed here, by name, and not in the middle of a
 * run.
 */
import type { LogitProcessor, MLCEngine } from '@mlc-ai/web-llm';
import { failure, FailureError } from '#domain';
import * as v from 'valibot';

export interface Pipeline {
  readonly tokenizer: { encode(text: string): Int32Array; decode(ids: Int32Array): string };
  /** Read by `outputIdsOf`. */
  readonly outputIds?: unknown;
  /** Undefined: none, and the logits stay on the GPU. */
  logitProcessor: LogitProcessor | undefined;
  /** Decode steps of this answer: all tokens but the first. */
  getCurRoundDecodingTotalTokens(): number;
  /** Seconds from the call until the first token of this answer was there. */
  getCurRoundPrefillTotalTime(): number;
}

const functions = v.function();
const pipelineSchema = v.looseObject({
  tokenizer: v.looseObject({ encode: functions, decode: functions }),
  logitProcessor: v.undefined(),
  getCurRoundDecodingTotalTokens: functions,
  getCurRoundPrefillTotalTime: functions,
});

/** Throws a FailureError `unexpected` where this version of web-llm keeps something elsewhere. */
export function pipelineOf(engine: MLCEngine, modelId: string): Pipeline {
  const { loadedModelIdToPipeline: pipelines } = engine as unknown as Readonly<Record<string, unknown>>;
  const pipeline: unknown = pipelines instanceof Map ? pipelines.get(modelId) : undefined;
  const missing = v.safeParse(pipelineSchema, pipeline).issues?.map((issue) => v.getDotPath(issue) ?? 'pipeline');
  if (missing === undefined) return pipeline as Pipeline;
  throw new FailureError(failure('unexpected', `this version of web-llm lacks ${missing.join(', ')}`));
}

/** Tokens of this answer so far, without the end token. Empty where a version keeps them elsewhere: no answer is worse. */
export function outputIdsOf({ outputIds }: Pipeline): readonly number[] {
  return Array.isArray(outputIds) ? (outputIds as readonly number[]) : [];
}
