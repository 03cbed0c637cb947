/**
 * Holm's step-down correction for several tests at once: adjusted p-values in the order given, each at most 1
 * (S. Holm, Scand. J. Statist. 6 (1979) 65–70). A test counts where its adjusted p is below the level.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  ascending.forEach(({ p, index }, rank) => {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * p));
    adjusted[index] = highest;
  });
  return adjusted;
}
