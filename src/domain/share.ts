import type { Device, Sampling, SelfTest } from './engine.ts';
import type { Build, ModelSource } from './model.ts';
import type { Counts } from './run.ts';
import type { BuildTest, Cure } from './selfTest.ts';
import type { LocalText, VariantId } from './suite.ts';
import type { RunThinking } from './thinkingMode.ts';

/**
 * What a link says of a run. It is the sender's claim: nothing in it was measured or checked here, and whoever shows
 * it says so. Opening one runs, saves and fetches nothing.
 */
export interface SharedRun {
  readonly claimedBy: 'sender';
  readonly suite: SharedSuite;
  readonly model: SharedModel;
  readonly environment: SharedEnvironment;
  readonly sampling: Sampling;
  readonly promptVariant: VariantId;
  readonly maxTokens: number;
  /** As in RunSpec. */
  readonly thinking?: RunThinking;
  readonly counts: Counts;
  /** One letter for each item (VerdictLetter), in the order of the run; null where the link had no room for them. */
  readonly verdicts: string | null;
  /** ISO 8601, UTC, to the second. */
  readonly startedAt: string;
  /** Spent on items; to the tenth. */
  readonly seconds: number;
  /** As in RunHeader; `decodeMs` whole. */
  readonly decodedTokens: number;
  readonly decodeMs: number;
}

export interface SharedSuite {
  readonly id: string;
  readonly version: string;
  /** First digits (hex) of the suite's hash: enough to tell whether the reader has the same suite. */
  readonly hashPrefix: string;
  readonly title: LocalText;
  /** First digits (hex) of the SHA-256 over the ids of the items asked, joined by newlines: which part was asked. */
  readonly itemsPrefix: string;
}

export interface SharedModel {
  readonly id: string;
  readonly name: string;
  readonly source: ModelSource;
  readonly revision: string;
  readonly build: Build;
  /** Of all files together. */
  readonly bytes: number;
}

export interface SharedEnvironment {
  readonly device: Device;
  readonly engine: { readonly id: string; readonly version: string };
  readonly browser: string;
  readonly os: string;
  readonly adapter: { readonly vendor: string; readonly architecture: string; readonly description: string } | null;
  readonly selfTest: SelfTest;
  /** As in Environment. */
  readonly buildTest?: BuildTest;
  readonly cures?: readonly Cure[];
}

export type LinkProblem =
  /** Characters; nothing was read. */
  | { readonly code: 'too-long'; readonly length: number; readonly limit: number }
  /** It does not begin with a version number and a point. */
  | { readonly code: 'no-version' }
  | { readonly code: 'newer-version'; readonly found: number; readonly known: number }
  | { readonly code: 'not-base64' }
  /** The packed part does not unpack to what was packed: cut off, or changed on the way. */
  | { readonly code: 'not-deflate' }
  /** It unpacks to more than any link of ours: made to fill the memory. Bytes. */
  | { readonly code: 'bomb'; readonly limit: number }
  /** It unpacks to something else than a run: not UTF-8, not JSON, a field that is wrong. */
  | { readonly code: 'wrong-shape'; readonly at: readonly string[] }
  /** The counts are not those of the verdicts. */
  | { readonly code: 'counts-disagree' };

export type DecodedLink =
  { readonly ok: true; readonly run: SharedRun } | { readonly ok: false; readonly problem: LinkProblem };
