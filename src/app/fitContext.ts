import type { FitContext } from '#domain';
import type { App } from './app.svelte.ts';
import { catalogueState } from './catalogue.svelte.ts';
import { loadedBefore } from './loadedBefore.ts';

const MIB_IN_GIB = 1024;

/** What decides which models fit here; null until the catalogue and the device are known. Reads signals. */
export function fitContext(app: App): FitContext | null {
  const { catalogue } = app.of(catalogueState);
  const { probe } = app.device;
  if (catalogue.kind !== 'ready' || probe.kind !== 'ready') return null;
  const { gpuMemoryGiB } = app.preferences.current;
  const { headers } = app.results;
  return {
    device: probe.value,
    engines: catalogue.value.engines,
    statedMiB: gpuMemoryGiB === null ? null : gpuMemoryGiB * MIB_IN_GIB,
    loadedHere: loadedBefore(headers.kind === 'ready' ? headers.value : [], probe.value),
  };
}
