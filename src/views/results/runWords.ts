import type { RunStatus } from '#app';
import type { Device, RunHeader, RunThinking, SelfTest } from '#domain';
import { formatNumber, m } from '#i18n';
import type { IconName } from '../parts/icons.ts';
import { thinkingMark } from '../parts/thinkingWords.ts';

interface Look {
  /** A tone of Tag.svelte. */
  readonly tone: 'plain' | 'good' | 'bad' | 'warn' | 'accent';
  readonly icon: IconName;
  readonly word: () => string;
}

export const STATUS_LOOKS: Readonly<Record<RunStatus, Look>> = {
  'running-here': { tone: 'accent', icon: 'run', word: m.results_status_running },
  'running-elsewhere': { tone: 'accent', icon: 'run', word: m.results_status_elsewhere },
  interrupted: { tone: 'warn', icon: 'alert', word: m.results_status_interrupted },
  stopped: { tone: 'warn', icon: 'stop', word: m.results_status_stopped },
  failed: { tone: 'bad', icon: 'warning', word: m.results_status_failed },
  finished: { tone: 'plain', icon: 'check', word: m.results_status_finished },
};

/** What the self-test says of the scores, in a word and in a sentence. */
export const SELF_TEST_LOOKS: Readonly<Record<SelfTest['kind'], Look & { readonly means: () => string }>> = {
  valid: { tone: 'good', icon: 'check', word: m.self_test_valid, means: m.self_test_valid_means },
  invalid: { tone: 'bad', icon: 'warning', word: m.self_test_invalid, means: m.self_test_invalid_means },
  unverified: { tone: 'warn', icon: 'alert', word: m.self_test_unverified, means: m.self_test_unverified_means },
};

export const DEVICE_SHORT: Readonly<Record<Device, () => string>> = {
  webgpu: () => 'WebGPU',
  wasm: () => 'WASM',
  server: m.device_server,
  scripted: m.device_scripted,
};

export const DEVICE_WORDS: Readonly<Record<Device, () => string>> = {
  webgpu: m.device_webgpu,
  wasm: m.device_wasm,
  server: m.device_server,
  scripted: m.device_scripted,
};

/** The self-test's figures, for those who check. */
export function selfTestFigures(test: SelfTest): string {
  if (test.kind === 'unverified') return m.self_test_reason({ reason: test.reason });
  return m.self_test_figures({ cases: formatNumber(test.cases), difference: test.maxDifference.toExponential(1) });
}

/** "q4 · WebGPU · Thinking off": what tells two runs of one model on one suite apart. */
export function buildWords(run: {
  readonly quantisation: string;
  readonly device: Device;
  /** Of the run's spec; undefined: the model cannot think. */
  readonly thinking: RunThinking | undefined;
}): string {
  const thinks = thinkingMark(run.thinking);
  return [run.quantisation, DEVICE_SHORT[run.device](), ...(thinks === null ? [] : [thinks])].join(' · ');
}

/** Tokens of one answer after the first, per second of decoding; null where nothing was decoded. */
export function tokensPerSecond(run: Pick<RunHeader, 'decodedTokens' | 'decodeMs'>): number | null {
  return run.decodeMs > 0 && run.decodedTokens > 0 ? (run.decodedTokens * 1000) / run.decodeMs : null;
}

/** 0.177 → "18": a difference of two accuracies in percentage points. */
export function points(share: number): string {
  return formatNumber(Math.abs(share) * 100, Math.abs(share) < 0.1 ? 1 : 0);
}

/** First digits of a hash: enough for the eye; the whole one stands in its title. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
