import * as v from 'valibot';
import type { Device, LoadProgress } from './engine.ts';
import type { Build } from './model.ts';
import { deviceSchema } from './schemas/environment.ts';
import { runId, timeSchema } from './schemas/parts.ts';

/** Work in which a browser may end the tab without a word: memory is asked for, or a whole prompt is read. */
export type RiskyPhase = LoadProgress['phase'] | 'answering';

/**
 * Written before the work, taken away after it. What is found of a tab that no longer lives says what that tab died of,
 * as near as anybody can tell.
 */
export interface Tombstone {
  readonly schema: 1;
  readonly model: { readonly id: string; readonly name: string; readonly revision: string; readonly build: Build };
  readonly device: Device;
  readonly phase: RiskyPhase;
  /** Tokens of context that the model was given; null: its own. */
  readonly contextLength: number | null;
  /** The run that was at work; null while a model was loaded. */
  readonly runId: string | null;
  /** When the phase began; ISO 8601, UTC. */
  readonly at: string;
}

export const tombstoneSchema = v.object({
  schema: v.literal(1),
  model: v.object({
    id: v.string(),
    name: v.string(),
    revision: v.string(),
    build: v.object({ engine: v.string(), quantisation: v.string() }),
  }),
  device: deviceSchema,
  phase: v.picklist(['files', 'runtime', 'session', 'self-test', 'warm-up', 'answering']),
  contextLength: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  runId: v.nullable(runId),
  at: timeSchema,
}) satisfies v.GenericSchema<unknown, Tombstone>;

/** A tombstone of this tab. */
export interface Risk {
  /** Durable before it returns. */
  change(change: Partial<Pick<Tombstone, 'phase' | 'runId' | 'at'>>): void;
  /** It went well, or failed in a way that the page saw. Safe to call twice. */
  over(): void;
}

/** The port. Adapter: storage/tombstones. */
export interface Tombstones {
  /** Durable when it resolves. Never rejects: where nothing can be stored, nothing is. */
  begin(stone: Omit<Tombstone, 'schema'>): Promise<Risk>;
  /** Those of tabs that are gone, newest first. What cannot be read is left out. */
  ofTheDead(): Promise<readonly (Tombstone & { readonly key: string })[]>;
  forget(key: string): void;
}
