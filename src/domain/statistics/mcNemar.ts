/**
 * Exact McNemar test, two-sided: `b` items that only the first model has right, `c` that only the second has right.
 * p = min(1, 2·P[Bin(b+c, ½) ≤ min(b, c)]). No discordant item: 1.
 */
export function mcNemarExact(b: number, c: number): number {
  const n = b + c;
  const least = Math.min(b, c);
  // Terms by their logarithms: ½ⁿ underflows from about a thousand discordant items on.
  let logTerm = -n * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= least; k += 1) {
    logTerm += Math.log((n - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}
