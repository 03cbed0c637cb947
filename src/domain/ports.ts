/** What the domain may not do by itself, handed in by whoever calls it. */
export interface Clock {
  /** The time now, ISO 8601 in UTC with milliseconds. */
  now(): string;
  /** Milliseconds of a clock that never goes back. */
  elapsed(): number;
}

/** Makes ids of runs: unique, URL-safe, at most 24 characters. */
export type NewId = () => string;

/** Whether the tab is hidden now: a hidden tab is slowed, so its timings are marked. */
export type IsHidden = () => boolean;
