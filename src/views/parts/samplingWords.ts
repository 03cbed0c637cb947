import type { Sampled, Sampling, SamplingValue } from '#domain';
import { formatNumber, m } from '#i18n';

/** What each value is called. */
export const FIELD_WORDS: Readonly<Record<SamplingValue, () => string>> = {
  temperature: m.drawing_temperature,
  topP: m.drawing_top_p,
  topK: m.drawing_top_k,
  minP: m.drawing_min_p,
  repetitionPenalty: m.drawing_repetition_penalty,
  seed: m.drawing_seed_name,
};

/** "temperature 0.7, top-p 0.8, top-k 20, seed 1"; greedy in words. */
export function samplingWords(sampling: Sampling): string {
  if (sampling.kind === 'greedy') return m.fact_sampling_greedy();
  return [...sharedWords(sampling), m.drawing_value_seed({ value: sampling.seed })].join(m.list_separator());
}

/** What repeats have in common. */
export function settingsWords(sampling: Sampling): string {
  return sampling.kind === 'greedy' ? m.fact_sampling_greedy() : sharedWords(sampling).join(m.list_separator());
}

/** What tells a drawn run from a greedy one at a glance. */
export function samplingTag({ temperature }: Sampled): string {
  return m.drawing_tag({ value: formatNumber(temperature, 2) });
}

/** Only what changes anything. */
function sharedWords({ temperature, topP, topK, minP, repetitionPenalty }: Sampled): readonly string[] {
  const value = (x: number): string => formatNumber(x, 2);
  return [
    m.drawing_value_temperature({ value: value(temperature) }),
    ...(topP < 1 ? [m.drawing_value_top_p({ value: value(topP) })] : []),
    ...(topK === null ? [] : [m.drawing_value_top_k({ value: formatNumber(topK) })]),
    ...(minP > 0 ? [m.drawing_value_min_p({ value: value(minP) })] : []),
    ...(repetitionPenalty === 1 ? [] : [m.drawing_value_penalty({ value: value(repetitionPenalty) })]),
  ];
}
