/** A fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

export function sameValue(a: Rational, b: Rational): boolean {
  return a.over === b.over && a.under === b.under;
}

/**
 * The exact value of an expression of decimals with + - − × * ÷ / and parentheses: "3÷4×60", "-7", "1/3".
 * Throws a SyntaxError that says where reading stopped, a RangeError for a division by zero.
 */
export function evaluate(expression: string): Rational {
  const tokens = expression.match(/\d+(?:\.\d+)?|[^\s\d]/g) ?? [];
  let at = 0;

  function sum(): Rational {
    let value = product();
    for (;;) {
      if (take('+')) value = add(value, product());
      else if (take('-', '−')) value = add(value, negate(product()));
      else return value;
    }
  }

  function product(): Rational {
    let value = factor();
    for (;;) {
      if (take('×', '*')) value = multiply(value, factor());
      else if (take('÷', '/')) value = multiply(value, invert(factor()));
      else return value;
    }
  }

  function factor(): Rational {
    if (take('-', '−')) return negate(factor());
    if (take('(')) {
      const value = sum();
      if (!take(')')) throw stopped();
      return value;
    }
    const token = tokens[at] ?? '';
    if (!/^\d/.test(token)) throw stopped();
    at += 1;
    return decimal(token);
  }

  function take(...symbols: readonly string[]): boolean {
    const found = symbols.includes(tokens[at] ?? '');
    if (found) at += 1;
    return found;
  }

  function stopped(): SyntaxError {
    return new SyntaxError(`cannot read "${expression}" at "${tokens.slice(at).join('')}"`);
  }

  const value = sum();
  if (at < tokens.length) throw stopped();
  return value;
}

function decimal(digits: string): Rational {
  const [whole = '', fraction = ''] = digits.split('.');
  return lowest(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

function add(a: Rational, b: Rational): Rational {
  return lowest(a.over * b.under + b.over * a.under, a.under * b.under);
}

function multiply(a: Rational, b: Rational): Rational {
  return lowest(a.over * b.over, a.under * b.under);
}

function negate(a: Rational): Rational {
  return { over: -a.over, under: a.under };
}

function invert(a: Rational): Rational {
  if (a.over === 0n) throw new RangeError('division by zero');
  return a.over > 0n ? { over: a.under, under: a.over } : { over: -a.under, under: -a.over };
}

function lowest(over: bigint, under: bigint): Rational {
  let [a, b] = [over < 0n ? -over : over, under];
  while (b > 0n) [a, b] = [b, a % b];
  return { over: over / a, under: under / a };
}
