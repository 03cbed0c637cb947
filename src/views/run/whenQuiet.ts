/** Longest wait, milliseconds: a busy page must not keep its options back for ever. */
const LONGEST_MS = 500;

/**
 * Resolves when the browser has nothing more urgent to do: for what the run page shows only after Run accepts a click.
 * Safari has no `requestIdleCallback`.
 */
export function whenQuiet(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: LONGEST_MS });
    else setTimeout(resolve, LONGEST_MS / 2);
  });
}
