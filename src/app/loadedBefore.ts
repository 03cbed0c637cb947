import type { CatalogueBuild, CatalogueModel, RunHeader } from '#domain';
import type { DeviceProbe } from './ports.ts';

/**
 * Whether a build was loaded on this device before and answered: a stored run says so. Runs from files were made
 * elsewhere, and a run on another adapter, or on the processor of a device that has an adapter, says nothing of this one.
 * A run names its model by the hub's repository, or by the engine's own id.
 */
export function loadedBefore(
  headers: readonly RunHeader[],
  probe: Pick<DeviceProbe, 'webgpu'>,
): (model: CatalogueModel, build: CatalogueBuild) => boolean {
  const here = headers.filter(
    (header) => header.origin !== 'imported' && onDevice(header, probe) && /[^.u]/.test(header.verdicts),
  );
  return (_, { engine, quantisation, repository, id, context }) =>
    here.some(
      ({ spec: { model, contextLength } }) =>
        (model.id === repository || model.id === id) &&
        model.build.engine === engine &&
        model.build.quantisation === quantisation &&
        (context === null || context === contextLength),
    );
}

function onDevice({ environment }: RunHeader, { webgpu }: Pick<DeviceProbe, 'webgpu'>): boolean {
  if (webgpu === null) return environment.device === 'wasm';
  const { adapter, device } = environment;
  return (
    device === 'webgpu' &&
    adapter?.vendor === webgpu.vendor &&
    adapter.architecture === webgpu.architecture &&
    adapter.description === webgpu.description
  );
}
