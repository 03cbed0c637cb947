import { prebuiltAppConfig, type ModelRecord } from '@mlc-ai/web-llm';

/** What the installed web-llm says of a build of its list, in the catalogue's words. */
export interface WebLlmFacts {
  readonly repository: string;
  readonly library: string;
  readonly memoryMiB: number | null;
  readonly context: number | null;
}

const HUB = 'https://huggingface.co/';

/** Null where the installed package does not list this id. */
export function webllmFacts(id: string): WebLlmFacts | null {
  const record = prebuiltAppConfig.model_list.find(({ model_id }) => model_id === id);
  return record === undefined ? null : factsOf(record);
}

function factsOf(record: ModelRecord): WebLlmFacts {
  if (!record.model.startsWith(HUB)) throw new Error(`${record.model_id}: weights not on the hub: ${record.model}`);
  return {
    repository: record.model.slice(HUB.length),
    library: record.model_lib.split('/').at(-1) ?? '',
    memoryMiB: record.vram_required_MB ?? null,
    context: record.overrides?.context_window_size ?? null,
  };
}
