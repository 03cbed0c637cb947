/**
 * How fast this device's memory is, measured as STREAM's "copy" does (McCalpin 1995): bytes read and bytes written, over
 * the time of the best of several passes. Buffers are larger than most caches. Costs about half a second, and so is
 * measured once for a device and kept.
 */
const MIB = 2 ** 20;
const COPY_BYTES = 64 * MIB;

/** Milliseconds. */
const BUDGET = { wasm: 250, webgpu: 400 };

/** Bytes per second of one thread; with several threads a model may read faster than this. */
export function measureMemory(budget = BUDGET.wasm): number | null {
  let from: Uint8Array;
  let to: Uint8Array;
  try {
    from = new Uint8Array(COPY_BYTES).fill(1);
    to = new Uint8Array(COPY_BYTES).fill(2);
  } catch {
    // No memory for it: then there is none to spare.
    return null;
  }
  let best = Infinity;
  const end = performance.now() + budget;
  do {
    const started = performance.now();
    to.set(from);
    best = Math.min(best, performance.now() - started);
  } while (performance.now() < end);
  return rate(2 * COPY_BYTES, best);
}

const WORKGROUP = 256;
const BYTES_PER_LANE = 16;

const COPY_SHADER = `
@group(0) @binding(0) var<storage, read> source: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> copy: array<vec4<u32>>;
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>) { copy[id.x] = source[id.x]; }`;

/** Bytes per second; null where the GPU has no room for it, or refuses. */
export async function measureGpuMemory(device: GPUDevice, budget = BUDGET.webgpu): Promise<number | null> {
  const bytes = Math.min(COPY_BYTES, device.limits.maxStorageBufferBindingSize);
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  // GPUBufferUsage.STORAGE; the name is not among a worker's types.
  const buffers = [0, 1].map(() => device.createBuffer({ size: bytes, usage: 0x80 }));
  const measured = await timeCopies(device, buffers, bytes, budget).catch(() => NaN);
  for (const buffer of buffers) buffer.destroy();
  // In these scopes an error is not taken for one of the model's; a figure that was measured with one is none.
  const errors = await Promise.all([device.popErrorScope(), device.popErrorScope()]).catch(() => ['lost']);
  return errors.some((error) => error !== null) ? null : rate(2 * bytes, measured);
}

/** Milliseconds of the fastest copy, in batches that are long enough for the clock. */
async function timeCopies(
  device: GPUDevice,
  buffers: readonly GPUBuffer[],
  bytes: number,
  budget: number,
): Promise<number> {
  const module = device.createShaderModule({ code: COPY_SHADER });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const run = async (copies: number): Promise<number> => {
    const encoder = device.createCommandEncoder();
    for (let i = 0; i < copies; i += 1) {
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(bytes / BYTES_PER_LANE / WORKGROUP);
      pass.end();
    }
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - started) / copies;
  };
  const end = performance.now() + budget;
  // The first pass brings the pages in.
  let best = await run(1);
  let copies = 1;
  while (performance.now() < end) {
    best = Math.min(best, await run(copies));
    // Twenty milliseconds at a time: a submission of its own costs a tenth of one.
    copies = Math.max(1, Math.min(64, Math.round(20 / best)));
  }
  return best;
}

function rate(bytes: number, milliseconds: number): number | null {
  const perSecond = (bytes * 1_000) / milliseconds;
  return Number.isFinite(perSecond) ? Math.round(perSecond) : null;
}
