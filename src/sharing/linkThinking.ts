import * as v from 'valibot';
import { runThinkingSchema, THINKING_CONTROLS, type RunThinking } from '#domain';

const control = v.picklist(THINKING_CONTROLS);

/** Whether the model was to think, by places: mode, who could be told, most tokens of thinking. */
export const linkThinkingSchema = v.pipe(
  v.union([
    v.strictTuple([v.literal('on'), control, v.pipe(v.number(), v.safeInteger(), v.minValue(0))]),
    v.strictTuple([v.literal('off'), control]),
  ]),
  v.check(
    (values) => v.is(runThinkingSchema, runThinkingOf(values)),
    'a model that always thinks cannot be told not to',
  ),
);
type LinkThinking = v.InferOutput<typeof linkThinkingSchema>;

export function linkThinking(thinking: RunThinking): LinkThinking {
  return thinking.mode === 'on' ? ['on', thinking.control, thinking.budget] : ['off', thinking.control];
}

export function thinkingOf(values: LinkThinking): RunThinking {
  return runThinkingOf(values) as RunThinking;
}

/** Not yet checked. */
function runThinkingOf([mode, who, budget]: readonly ['on' | 'off', string, number?]): object {
  return mode === 'on' ? { mode, budget, control: who } : { mode, control: who };
}
