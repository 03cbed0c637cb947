/** Exact arithmetic for grading: a fraction in lowest terms with a positive denominator. Never a float. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** Throws a RangeError for a zero denominator. */
export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new RangeError('a fraction with denominator 0');
  if (d === 1n) return { n, d };
  const sign = d < 0n ? -1n : 1n;
  const g = gcd(n < 0n ? -n : n, d * sign);
  return g === 1n && sign === 1n ? { n, d } : { n: (sign * n) / g, d: (sign * d) / g };
}

export const ZERO = rational(0n);
export const ONE = rational(1n);

const POWERS: readonly bigint[] = Array.from({ length: 64 }, (_, exponent) => 10n ** BigInt(exponent));

/** 10 to the power `exponent`, which may be negative. */
export function powerOfTen(exponent: number): Rational {
  const power = POWERS[Math.abs(exponent)] ?? 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? { n: 1n, d: power } : { n: power, d: 1n };
}

/** The value of plain decimal digits: "12", "12.50", ".5". */
export function decimal(digits: string): Rational {
  const point = digits.indexOf('.');
  if (point < 0) return { n: BigInt(digits), d: 1n };
  const places = digits.slice(point + 1);
  if (digits.length < 16) return fromSafe(Number(digits.slice(0, point) + places), Number(powerOfTen(places.length).n));
  return rational(BigInt(digits.slice(0, point) + places), powerOfTen(places.length).n);
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational {
  if (isOne(b)) return a;
  if (isOne(a)) return b;
  return rational(a.n * b.n, a.d * b.d);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}

function isOne(a: Rational): boolean {
  return a.n === 1n && a.d === 1n;
}

export function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

export function absolute(a: Rational): Rational {
  return a.n < 0n ? negate(a) : a;
}

export function equal(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}

export function atMost(a: Rational, b: Rational): boolean {
  return a.n * b.d <= b.n * a.d;
}

/** Whether the decimal expansion ends: the denominator has no prime factors besides 2 and 5. */
export function terminates(a: Rational): boolean {
  let d = a.d;
  while (d % 2n === 0n) d /= 2n;
  while (d % 5n === 0n) d /= 5n;
  return d === 1n;
}

/** For people: "58,160,000", "0.125", "1/3" where the expansion does not end. */
export function show(a: Rational): string {
  if (!terminates(a)) return `${a.n}/${a.d}`;
  let places = 0;
  while (powerOfTen(places).n % a.d !== 0n) places++;
  const scaled = absolute(a).n * (powerOfTen(places).n / a.d);
  const digits = scaled.toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${a.n < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}

/** Equal for equal values. Whole numbers are most, and need no formatting to be told apart. */
export function valueKey(value: Rational): string {
  return value.d === 1n ? value.n.toString() : show(value);
}

/** Plain numbers hold integers up to this exactly, and are much faster. */
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function gcd(a: bigint, b: bigint): bigint {
  if (a <= SAFE && b <= SAFE) return BigInt(smallGcd(Number(a), Number(b)));
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

/** Both below 10^15. */
function fromSafe(n: number, d: number): Rational {
  const g = smallGcd(n, d);
  return { n: BigInt(n / g), d: BigInt(d / g) };
}

function smallGcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a === 0 ? 1 : a;
}
