import * as v from 'valibot';
import { samplingSchema, type Sampling } from '#domain';

const number = v.pipe(v.number(), v.finite());

/** Temperature, top-p, top-k, min-p, repetition penalty, seed. */
type Drawn = [number, number, number | null, number, number, number];

/** Within the bounds that every stored sampling keeps. */
const drawn = v.pipe(
  v.strictTuple([number, number, v.nullable(number), number, number, number]),
  v.check((values) => v.is(samplingSchema, sampledOf(values)), 'out of bounds'),
);

/** How tokens were chosen, by places as everything in a link. */
export const linkSamplingSchema = v.union([v.literal('greedy'), drawn]);
type LinkSampling = v.InferOutput<typeof linkSamplingSchema>;

export function linkSampling(sampling: Sampling): LinkSampling {
  if (sampling.kind === 'greedy') return sampling.kind;
  const { temperature, topP, topK, minP, repetitionPenalty, seed } = sampling;
  return [temperature, topP, topK, minP, repetitionPenalty, seed];
}

export function samplingOf(values: LinkSampling): Sampling {
  return values === 'greedy' ? { kind: 'greedy' } : sampledOf(values);
}

function sampledOf([temperature, topP, topK, minP, repetitionPenalty, seed]: Drawn): Sampling {
  return { kind: 'sampled', temperature, topP, topK, minP, repetitionPenalty, seed };
}
