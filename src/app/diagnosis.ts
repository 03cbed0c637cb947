/** What a diagnosis found, as data: shown step by step, and exported as a report. */
import type { Device, Environment, Failure, LoadProgress, ModelRef } from '#domain';
import type { DeviceProbe } from './ports.ts';

export const DIAGNOSIS_STEPS = ['device', 'storage', 'load', 'tests', 'items'] as const;
export type DiagnosisStep = (typeof DIAGNOSIS_STEPS)[number];

export type StepState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly ms: number }
  | { readonly kind: 'failed'; readonly ms: number; readonly failure: Failure }
  /** What came before it failed, or the person cancelled. */
  | { readonly kind: 'skipped' };

/** What the browser says of storage and memory; null where it says nothing. */
export interface Room {
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  readonly persisted: boolean | null;
  /** GiB, as the browser rounds it; only some tell. */
  readonly memoryGiB: number | null;
}

export interface DiagnosedItem {
  readonly id: string;
  /** VerdictLetter. */
  readonly letter: string;
  readonly outputTokens: number | null;
  readonly firstTokenMs: number | null;
  readonly decodeMs: number | null;
  /** Why it is unscored; null: it is not. */
  readonly failure: Failure | null;
}

export interface Diagnosis {
  readonly steps: Readonly<Record<DiagnosisStep, StepState>>;
  readonly startedAt: string;
  readonly model: ModelRef;
  readonly device: Device;
  readonly probe: DeviceProbe | null;
  readonly room: Room | null;
  /** How long each phase of loading took, in ms, in the order in which they began. */
  readonly phases: readonly { readonly phase: LoadProgress['phase']; readonly ms: number }[];
  readonly environment: Environment | null;
  readonly contextLength: number | null;
  /** Asked so far. */
  readonly items: readonly DiagnosedItem[];
  readonly suite: string;
}
