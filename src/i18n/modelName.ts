import type { ModelRef } from '#domain';
import { m } from './generated/messages.js';

/** A model's name for people. The embedded one is ours, and called in the reader's language; files keep its own name. */
export function modelName({ id, name }: Pick<ModelRef, 'id' | 'name'>): string {
  return id === 'tabeval/embedded' ? m.model_embedded_name() : name;
}
