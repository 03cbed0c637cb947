/**
 * Stands between ONNX Runtime and WebGPU: the runtime asks for the device itself, deep inside its WASM, and tells nobody
 * when the device is lost or reports an error. So `requestDevice` is wrapped before the runtime is loaded.
 */
import { failure, FailureError, type Environment, type Failure } from '#domain';
import type { SubgroupRule } from '../protocol.ts';

/** Lanes. See SubgroupRule. */
const TOO_NARROW = 4;

export interface GpuGuard {
  /** Null until the runtime has asked for a device. */
  adapter(): Environment['adapter'];
  /** Resolves when the device is lost without our doing. */
  readonly lost: Promise<Failure>;
  /** Why the device was created without the subgroup features that its adapter has; null: it was not. */
  subgroupsLeftOut(): 'narrow' | 'told' | null;
  /** The first error that the GPU reported since the last call, if any: what was computed meanwhile cannot be trusted. */
  takeError(): Failure | null;
}

/** The worker's GPU device: a runtime keeps it for life. */
let device: GPUDevice | null = null;
let destroyedByUs: GPUDevice | null = null;

/** The device that the runtime computes on; null on WASM, and before the runtime has asked for one. */
export function gpuDevice(): GPUDevice | null {
  return device;
}

/** Gives the GPU's memory back at once; browsers free it late when a worker just ends. Safe without a device. */
export function destroyGpu(): void {
  destroyedByUs = device;
  device?.destroy();
}

export function guardGpu(rule: SubgroupRule): GpuGuard {
  let adapter: Environment['adapter'] = null;
  let leftOut: 'narrow' | 'told' | null = null;
  let error: Failure | null = null;
  let reportLost: (f: Failure) => void;
  const lost = new Promise<Failure>((resolve) => (reportLost = resolve));

  function attach(created: GPUDevice): void {
    device = created;
    created.addEventListener('uncapturederror', (e) => (error ??= gpuFailure(e.error)));
    void created.lost.then(({ reason, message }) => {
      if (created !== destroyedByUs) reportLost(failure('device-lost', message === '' ? reason : message));
    });
  }

  // The method is called below with the adapter on which it was called.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor: GPUDeviceDescriptor = {}) {
    const { vendor, architecture, description, subgroupMinSize } = this.info;
    const narrow = subgroupMinSize !== undefined && subgroupMinSize <= TOO_NARROW;
    const keep = rule === 'on' || rule === 'until-wrong' || (rule === 'auto' && !narrow);
    const asked = [...(descriptor.requiredFeatures ?? [])];
    const requiredFeatures = keep ? asked : asked.filter((name) => !name.includes('subgroup'));
    leftOut = requiredFeatures.length === asked.length ? null : narrow ? 'narrow' : 'told';
    const created = await requestDevice.call(this, { ...descriptor, requiredFeatures });
    adapter = {
      vendor,
      architecture,
      description,
      f16: this.features.has('shader-f16'),
      subgroupMinSize: subgroupMinSize ?? null,
      subgroups: requiredFeatures.some((name) => name.includes('subgroup')),
    };
    attach(created);
    return created;
  };

  return {
    adapter: () => adapter,
    subgroupsLeftOut: () => leftOut,
    lost,
    takeError() {
      const taken = error;
      error = null;
      return taken;
    },
  };
}

/** Work on a lost device may never come back. */
export function unlessLost<T>(gpu: GpuGuard | null, work: Promise<T>): Promise<T> {
  if (gpu === null) return work;
  return Promise.race([work, gpu.lost.then((f) => Promise.reject(new FailureError(f)))]);
}

/** A GPU without memory goes on, and what it then computes is nonsense. */
function gpuFailure(error: GPUError): Failure {
  const full = typeof GPUOutOfMemoryError === 'function' && error instanceof GPUOutOfMemoryError;
  return failure(full ? 'out-of-memory' : 'gpu-error', error.message);
}
