/** What this device can do, and where a model is best run on it. Downloads nothing and starts no worker. */
import type { GpuLimits } from '#domain';
import { describePlatform, wasmThreads } from './platform.ts';

export interface DeviceProbe {
  /** Null: no WebGPU in this browser, or no adapter. */
  readonly webgpu: WebGpuProbe | null;
  /** Without it, WASM has one thread. */
  readonly crossOriginIsolated: boolean;
  /** Logical cores that the browser tells of. */
  readonly cores: number;
  /** Threads that WASM will use. */
  readonly threads: number;
  readonly browser: string;
  readonly os: string;
  readonly recommended: DeviceChoice;
}

export interface WebGpuProbe extends GpuLimits {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** Computed by the processor: right, but slower than WASM. */
  readonly software: boolean;
  readonly f16: boolean;
  readonly subgroupMinSize: number | null;
  readonly features: readonly string[];
}

export interface DeviceChoice {
  readonly device: 'webgpu' | 'wasm';
  /** The sentence for each code stands in the message catalogue. */
  readonly because: 'gpu' | 'software-adapter' | 'no-webgpu';
}

export async function probeDevice(): Promise<DeviceProbe> {
  const webgpu = await probeWebGpu();
  const cores = navigator.hardwareConcurrency;
  return {
    webgpu,
    crossOriginIsolated,
    cores,
    threads: wasmThreads(crossOriginIsolated, cores),
    ...describePlatform(navigator.userAgent),
    recommended: chooseDevice(webgpu),
  };
}

export function chooseDevice(webgpu: Pick<WebGpuProbe, 'software'> | null): DeviceChoice {
  if (webgpu === null) return { device: 'wasm', because: 'no-webgpu' };
  if (webgpu.software) return { device: 'wasm', because: 'software-adapter' };
  return { device: 'webgpu', because: 'gpu' };
}

async function probeWebGpu(): Promise<WebGpuProbe | null> {
  // Absent in browsers without WebGPU and on insecure pages, whatever the types say.
  const { gpu } = navigator as { readonly gpu?: GPU };
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (adapter === null || adapter === undefined) return null;
  const { info, features, limits } = adapter;
  return {
    vendor: info.vendor,
    architecture: info.architecture,
    description: info.description,
    software: isSoftware(adapter),
    f16: features.has('shader-f16'),
    subgroupMinSize: info.subgroupMinSize ?? null,
    features: [...features].sort(),
    maxBufferBytes: limits.maxBufferSize,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
    workgroupStorageBytes: limits.maxComputeWorkgroupStorageSize,
    storageBuffersPerStage: limits.maxStorageBuffersPerShaderStage,
  };
}

/** Chromium's, Mesa's and Windows' software renderers; `isFallbackAdapter` is not set by all of them. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

function isSoftware({ info }: GPUAdapter): boolean {
  const { isFallbackAdapter } = info as { readonly isFallbackAdapter?: boolean };
  return isFallbackAdapter === true || SOFTWARE.test(`${info.vendor} ${info.architecture} ${info.description}`);
}
