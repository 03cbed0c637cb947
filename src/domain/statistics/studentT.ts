/**
 * P(|T| ≤ t) for Student's t with `df` degrees of freedom, a whole number: the finite series of Abramowitz & Stegun
 * 26.7.3 (odd) and 26.7.4 (even), exact but for rounding.
 */
function withinT(t: number, df: number): number {
  const theta = Math.atan(t / Math.sqrt(df));
  const cos2 = Math.cos(theta) ** 2;
  const odd = df % 2 === 1;
  let term = odd ? Math.cos(theta) : 1;
  let sum = df === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= df - 2; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}

/**
 * The t with P(|T| ≤ t) = 95 %: how many standard errors make a 95 % interval when the error was estimated with `df`
 * degrees of freedom. By bisection, to 1e-9. Throws a RangeError unless df is a whole number from 1 on.
 */
export function t95(df: number): number {
  if (!Number.isInteger(df) || df < 1) throw new RangeError(`t95: ${df} degrees of freedom`);
  let low = 1;
  let high = 13; // df = 1 gives 12.706, and more degrees give less.
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (withinT(middle, df) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Two-sided p of a t with `df` degrees of freedom: P(|T| ≥ |t|). Throws a RangeError unless df is whole, from 1 on. */
export function pOfT(t: number, df: number): number {
  if (!Number.isInteger(df) || df < 1) throw new RangeError(`pOfT: ${df} degrees of freedom`);
  return Math.min(1, Math.max(0, 1 - withinT(Math.abs(t), df)));
}
