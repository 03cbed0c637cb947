/** How fast bytes come, over the last seconds: an average from the start would hide that a connection slowed down. */

export interface PaceSample {
  /** Milliseconds of a clock that never goes back. */
  readonly at: number;
  readonly bytes: number;
}

const WINDOW_MS = 8_000;
/** Samples closer than this replace each other. */
const GRAIN_MS = 200;
/** Less says nothing about the speed. */
const SHORTEST_MS = 500;

/** Oldest first. */
export type Pace = readonly PaceSample[];

export function notePace(pace: Pace, sample: PaceSample): Pace {
  const recent = pace.filter(({ at }) => sample.at - at <= WINDOW_MS);
  const last = recent.at(-1);
  // The first one stays, or nothing would ever be measured.
  const crowded = recent.length > 1 && last !== undefined && sample.at - (recent.at(-2)?.at ?? 0) < GRAIN_MS;
  return [...(crowded ? recent.slice(0, -1) : recent), sample];
}

/** Null while too little is known. */
export function bytesPerSecond(pace: Pace): number | null {
  const first = pace[0];
  const last = pace.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < SHORTEST_MS) return null;
  return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
}
