import type { CatalogueBuild, CatalogueEngine, CatalogueModel, EngineFacts } from './catalogue.ts';
import { needsWebGpu } from './model.ts';
import { computesInF16, embeddingBytes, memoryNeed, MIB, type MemoryNeed } from './memory.ts';

/** What the answer depends on. The probe of the device has this shape; a limit that it did not read is absent. */
export interface DeviceDescription {
  /** Null where the browser has no WebGPU adapter. */
  readonly webgpu: {
    /** The feature "shader-f16". */
    readonly f16: boolean;
    /** Computed by the processor: right, but slower than WASM. Absent: it is not. */
    readonly software?: boolean;
    readonly maxBindingBytes: number;
    readonly maxBufferBytes?: number;
    readonly workgroupStorageBytes?: number;
    readonly storageBuffersPerStage?: number;
  } | null;
}

export interface FitContext {
  readonly device: DeviceDescription;
  readonly engines: Readonly<Record<CatalogueEngine, EngineFacts>>;
  /** Memory of the GPU as the user stated it, in MiB; a browser does not tell it. Null: not stated. */
  readonly statedMiB: number | null;
  /** Whether this build was loaded on this device before, and answered. */
  readonly loadedHere: (model: CatalogueModel, build: CatalogueBuild) => boolean;
}

/** A limit of the device that a build exceeds. `required` and `actual` in the unit of the limit. */
export type MissingLimit =
  | { readonly limit: 'webgpu' }
  | { readonly limit: 'f16' }
  | {
      readonly limit: 'max-buffer' | 'max-binding' | 'workgroup-storage' | 'storage-buffers' | 'stated-memory';
      readonly required: number;
      readonly actual: number;
    };

export type Fit =
  | { readonly answer: 'cannot'; readonly because: MissingLimit }
  | { readonly answer: 'fits'; readonly because: 'loaded-here' }
  | { readonly answer: 'fits'; readonly because: 'stated-memory'; readonly need: MemoryNeed }
  | {
      readonly answer: 'unknown';
      readonly because: 'memory-not-stated' | 'memory-too-close';
      readonly need: MemoryNeed;
    }
  /** `memory-not-known`: of the build. `processor`: it would run on WASM, whose memory nobody states. */
  | { readonly answer: 'unknown'; readonly because: 'memory-not-known' | 'processor' };

/**
 * How far the stated memory must lie above the need to be called enough, and below it to be called too little. The
 * formula errs by 4.2 % at worst; for a file of another engine only the lower side is certain: weights take their room.
 */
const ENOUGH: Readonly<Record<MemoryNeed['basis'], number>> = { listed: 1.05, formula: 1.05, 'file-size': 1.5 };
const TOO_LITTLE: Readonly<Record<MemoryNeed['basis'], number>> = { listed: 0.95, formula: 0.95, 'file-size': 0 };

/**
 * Whether a build fits this device, before a byte of it is downloaded. Hard limits come first: no memory makes up for
 * them. What loaded here before needs no formula.
 */
export function fitOf(model: CatalogueModel, build: CatalogueBuild, context: FitContext): Fit {
  const { webgpu } = context.device;
  const missing = webgpu === null ? missingWithoutGpu(build) : missingLimit(model, build, webgpu, context);
  if (missing !== null) return { answer: 'cannot', because: missing };
  if (context.loadedHere(model, build)) return { answer: 'fits', because: 'loaded-here' };
  if (webgpu === null) return { answer: 'unknown', because: 'processor' };
  return byMemory(model, build, context.statedMiB);
}

/** transformers.js has a WASM backend, web-llm has none. */
function missingWithoutGpu({ engine }: CatalogueBuild): MissingLimit | null {
  return needsWebGpu({ engine }) ? { limit: 'webgpu' } : null;
}

function missingLimit(
  model: CatalogueModel,
  build: CatalogueBuild,
  webgpu: NonNullable<DeviceDescription['webgpu']>,
  { engines }: FitContext,
): MissingLimit | null {
  // The engines do not look: web-llm's records declare shader-f16 for few builds, transformers.js asks for "fp16" only.
  if (computesInF16(build.quantisation) && !webgpu.f16) return { limit: 'f16' };
  const { limits } = engines[build.engine];
  if (limits === null) return null;
  const embedding = model.architecture === null ? null : embeddingBytes(model.architecture, build.quantisation);
  return (
    exceeded('max-buffer', Math.max(limits.maxBufferBytes, embedding ?? 0), webgpu.maxBufferBytes) ??
    exceeded('max-binding', Math.max(limits.maxBindingBytes, embedding ?? 0), webgpu.maxBindingBytes) ??
    exceeded('workgroup-storage', limits.workgroupStorageBytes, webgpu.workgroupStorageBytes) ??
    exceeded('storage-buffers', limits.storageBuffersPerStage, webgpu.storageBuffersPerStage)
  );
}

/** A limit that was not probed says nothing. */
function exceeded(
  limit: 'max-buffer' | 'max-binding' | 'workgroup-storage' | 'storage-buffers',
  required: number,
  actual: number | undefined,
): MissingLimit | null {
  return actual !== undefined && actual < required ? { limit, required, actual } : null;
}

function byMemory(model: CatalogueModel, build: CatalogueBuild, statedMiB: number | null): Fit {
  const need = memoryNeed(model, build);
  if (need === null) return { answer: 'unknown', because: 'memory-not-known' };
  if (statedMiB === null) return { answer: 'unknown', because: 'memory-not-stated', need };
  if (statedMiB >= need.mib * ENOUGH[need.basis]) return { answer: 'fits', because: 'stated-memory', need };
  const weights = need.basis === 'file-size' ? (build.downloadBytes ?? 0) / MIB : 0;
  if (statedMiB < Math.max(need.mib * TOO_LITTLE[need.basis], weights)) {
    return { answer: 'cannot', because: { limit: 'stated-memory', required: need.mib, actual: statedMiB } };
  }
  return { answer: 'unknown', because: 'memory-too-close', need };
}
