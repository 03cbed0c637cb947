/** How every answer begins, whatever the engine: the prompt becomes tokens, the page is told of them, and they must fit. */
import { failure, sha256Hex } from '#domain';
import type { GenerateOrder, Turn } from './serve.ts';

interface Beginning extends Pick<Turn, 'emit'> {
  readonly model: { encode(text: string): number[] };
  readonly contextLength: number;
  readonly request: Pick<GenerateOrder, 'prompt' | 'maxTokens'>;
}

/** Ids of the rendered prompt, the caller's own. Null: prompt and answer do not fit; `failed` has been emitted then. */
export function promptTokens({ model, contextLength, request, emit }: Beginning): number[] | null {
  const ids = model.encode(request.prompt);
  emit({ type: 'prompt', tokens: ids.length, tokenIdsHash: sha256Hex(ids.join(',')) });
  if (ids.length + request.maxTokens <= contextLength) return ids;
  const detail = `${ids.length} + ${request.maxTokens} > ${contextLength}`;
  emit({ type: 'failed', failure: failure('context-exceeded', detail) });
  return null;
}
