import { needsWebGpu, type Build, type KnownSelfTest } from '#domain';
import { LOADING, settle, type Loadable } from './loadable.ts';
import type { DeviceProbe } from './ports.ts';

/** What a person may choose; `auto` takes what the probe recommends. */
export type DeviceChoice = 'auto' | 'webgpu' | 'wasm';

/** What this device can do. Probed once, when first asked for. */
export class DeviceState {
  #probe = $state.raw<Loadable<DeviceProbe>>(LOADING);
  readonly #ask: () => Promise<DeviceProbe>;

  constructor(ask: () => Promise<DeviceProbe>) {
    this.#ask = ask;
  }

  get probe(): Loadable<DeviceProbe> {
    return this.#probe;
  }

  async refresh(): Promise<void> {
    this.#probe = await settle(this.#ask());
  }

  /** Resolves when the probe has an answer, whichever. */
  async known(): Promise<void> {
    if (this.#probe.kind === 'loading') await this.refresh();
  }

  /**
   * The device that a choice comes to; WASM, which runs everywhere, while nothing is known. `build`: what is to run
   * there, which may be able to run in one place only.
   */
  resolve(choice: DeviceChoice, build?: Pick<Build, 'engine'>): 'webgpu' | 'wasm' {
    if (choice !== 'auto') return choice;
    if (build !== undefined && needsWebGpu(build)) return 'webgpu';
    return this.#probe.kind === 'ready' ? this.#probe.value.recommended.device : 'wasm';
  }

  /** Under which a self-test's outcome is kept: another browser version, adapter or thread count is tested anew. */
  selfTestKey(device: 'webgpu' | 'wasm'): string | null {
    if (this.#probe.kind !== 'ready') return null;
    const { browser, os, threads, webgpu } = this.#probe.value;
    const adapter = webgpu === null ? '' : `${webgpu.vendor} ${webgpu.architecture} ${webgpu.description}`;
    return device === 'wasm' ? `wasm|${browser}|${os}|${threads}` : `webgpu|${browser}|${os}|${adapter}`;
  }

  knownSelfTest(device: 'webgpu' | 'wasm', known: Readonly<Record<string, KnownSelfTest>>): KnownSelfTest | null {
    const key = this.selfTestKey(device);
    return key === null ? null : (known[key] ?? null);
  }
}
