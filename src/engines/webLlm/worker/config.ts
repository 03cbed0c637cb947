/** What mlc-chat-config.json says, as far as it decides how the model is loaded. */
import type { ChatOptions } from '@mlc-ai/web-llm';
import { failure, FailureError, USUAL_CONTEXT } from '#domain';
import * as v from 'valibot';

export const CONFIG = 'mlc-chat-config.json';

const id = v.pipe(v.number(), v.integer());
const configSchema = v.looseObject({
  context_window_size: v.optional(v.number()),
  eos_token_id: v.nullish(v.union([id, v.array(id)])),
  conv_template: v.looseObject({ stop_token_ids: v.array(id) }),
});

export interface LoadSettings {
  /** Tokens. */
  readonly contextLength: number;
  /** What web-llm is told instead of what the file says. */
  readonly overrides: ChatOptions;
}

/** `wanted`: tokens of context; null: nobody asked. Throws a FailureError `file-corrupt`. */
export function settingsFrom(config: unknown, wanted: number | null): LoadSettings {
  const parsed = v.safeParse(configSchema, config);
  if (!parsed.success) throw new FailureError(failure('file-corrupt', `${CONFIG}: ${parsed.issues[0].message}`));
  const { context_window_size: own = -1, eos_token_id: ends, conv_template: template } = parsed.output;
  const asked = wanted ?? USUAL_CONTEXT;
  // −1: a sliding window, without an end of its own.
  const contextLength = own > 0 ? Math.min(own, asked) : asked;
  // As with transformers.js, any token that one of the files calls the end is one: MLC's templates leave some out.
  const stop_token_ids = [...new Set([...template.stop_token_ids, ...[ends ?? []].flat()])];
  // Only what is given here is not the file's: a sliding window keeps its own size.
  const overrides = { conv_template: { ...template, stop_token_ids } } as ChatOptions;
  return { contextLength, overrides: own > 0 ? { ...overrides, context_window_size: contextLength } : overrides };
}
