/**
 * Chance that at least one of `k` outputs is right, from `c` right ones of `n`: 1 − C(n−c, k)/C(n, k), unbiased
 * (Chen et al., "Evaluating large language models trained on code", 2021). Throws a RangeError unless
 * 0 ≤ c ≤ n and 1 ≤ k ≤ n.
 */
export function passAtK(n: number, c: number, k: number): number {
  checkCounts(n, c, k);
  return 1 - chosen(n - c, n, k);
}

/** Chance that all of `k` outputs are right, from `c` right ones of `n`: C(c, k)/C(n, k). Errors as `passAtK`. */
export function passHatK(n: number, c: number, k: number): number {
  checkCounts(n, c, k);
  return chosen(c, n, k);
}

/** C(from, k)/C(n, k) as a product, so that nothing overflows. */
function chosen(from: number, n: number, k: number): number {
  let product = 1;
  for (let i = 0; i < k; i += 1) product *= Math.max(0, from - i) / (n - i);
  return product;
}

function checkCounts(n: number, c: number, k: number): void {
  const whole = [n, c, k].every((x) => Number.isInteger(x));
  if (!whole || c < 0 || c > n || k < 1 || k > n) throw new RangeError(`n = ${n}, c = ${c}, k = ${k}`);
}

/**
 * The answer that most outputs agree on; `null` entries (no answer) do not vote. A tie goes to the answer that came
 * first: no draw is needed, and the same outputs give the same winner. Null where nobody votes.
 */
export function majority(answers: readonly (string | null)[]): string | null {
  const votes = new Map<string, number>();
  for (const answer of answers) if (answer !== null) votes.set(answer, (votes.get(answer) ?? 0) + 1);
  const most = Math.max(0, ...votes.values());
  return [...votes].find(([, count]) => count === most)?.[0] ?? null;
}
