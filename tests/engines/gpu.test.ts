import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { destroyGpu, guardGpu } from '../../src/engines/worker/gpu.ts';

class FakeDevice extends EventTarget {
  lose: (info: { reason: string; message: string }) => void = () => undefined;
  readonly lost = new Promise<{ reason: string; message: string }>((resolve) => (this.lose = resolve));

  destroy(): void {
    this.lose({ reason: 'destroyed', message: '' });
  }

  report(message: string): void {
    this.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: { message } }));
  }
}

const asked: string[][] = [];
let device: FakeDevice;

class FakeAdapter {
  readonly features = new Set(['shader-f16', 'subgroups']);
  readonly info: object;
  constructor(subgroupMinSize: number | undefined) {
    this.info = { vendor: 'v', architecture: 'a', description: 'd', subgroupMinSize };
  }

  requestDevice({ requiredFeatures }: { requiredFeatures: string[] }): Promise<FakeDevice> {
    asked.push(requiredFeatures);
    return Promise.resolve(device);
  }
}

beforeEach(() => {
  device = new FakeDevice();
  asked.length = 0;
  // A fresh class each time: the guard changes its prototype.
  vi.stubGlobal('GPUAdapter', class extends FakeAdapter {});
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** As ONNX Runtime does it. */
async function request(subgroupMinSize: number | undefined): Promise<void> {
  const Adapter = GPUAdapter as unknown as new (size: number | undefined) => FakeAdapter;
  await new Adapter(subgroupMinSize).requestDevice({ requiredFeatures: ['shader-f16', 'subgroups', 'subgroups-f16'] });
}

describe('subgroups', () => {
  test.each([
    ['auto', 4, false],
    ['auto', 8, true],
    ['auto', undefined, true],
    ['off', 32, false],
    ['on', 4, true],
  ] as const)('by the rule %s with a smallest size of %s: %s', async (rule, size, kept) => {
    const guard = guardGpu(rule);
    expect(guard.adapter()).toBeNull();
    await request(size);
    expect(asked).toEqual([kept ? ['shader-f16', 'subgroups', 'subgroups-f16'] : ['shader-f16']]);
    expect(guard.adapter()).toEqual({
      ...{ vendor: 'v', architecture: 'a', description: 'd', f16: true },
      subgroupMinSize: size ?? null,
      subgroups: kept,
    });
  });
});

test('the first error of the GPU is kept until it is taken', async () => {
  const guard = guardGpu('auto');
  await request(32);
  expect(guard.takeError()).toBeNull();
  device.report('binding too large');
  device.report('and another');
  expect(guard.takeError()).toMatchObject({ code: 'gpu-error', detail: 'binding too large' });
  expect(guard.takeError()).toBeNull();
});

test('a lost device is told, one that was destroyed by us is not', async () => {
  const guard = guardGpu('auto');
  await request(32);
  const told = vi.fn();
  void guard.lost.then(told);
  destroyGpu();
  await device.lost;
  await Promise.resolve();
  expect(told).not.toHaveBeenCalled();

  device = new FakeDevice();
  await request(32);
  device.lose({ reason: 'unknown', message: 'driver update' });
  expect(await guard.lost).toMatchObject({ code: 'device-lost', detail: 'driver update' });
});
