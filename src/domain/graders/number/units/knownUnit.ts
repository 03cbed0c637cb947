import type { DecodedSuite } from '../../../decodeSuite.ts';
import { unknownScale } from '../expected.ts';
import { UNITS } from './unitNames.ts';

/** What is wrong with the unit of a gold, and the part of it that no grader knows. */
export interface UnitProblem {
  readonly code: 'unknown-unit' | 'unknown-scale' | 'unknown-currency';
  readonly value: string;
}

/** Units that are kinds of answers rather than measures. */
const KINDS: ReadonlySet<string> = new Set(['', 'text', 'choice', 'date', 'range']);

/** ISO 4217 codes of the currencies that amounts are read in. */
const CODES: ReadonlySet<string> = new Set(
  [...UNITS.values()].flatMap((unit) => (unit.kind === 'money' ? unit.currencies : [])),
);

/**
 * What a person has to mend in `Gold.unit`; null where the grader knows it, or none is said. The grader takes a word
 * that it does not know for a thing that is counted: "万元" as a unit would make every right amount wrong unnoticed.
 */
export function unitProblem(unit: string | undefined): UnitProblem | null {
  if (unit === undefined || KINDS.has(unit)) return null;
  const [, currency = '', scale] = /^([A-Za-z]{3})(?::(.*))?$/s.exec(unit) ?? [];
  const isMoney = currency !== '' && (scale !== undefined || currency === currency.toUpperCase());
  if (!isMoney) {
    return UNITS.has(unit.toLowerCase().replaceAll('_', ' ')) ? null : { code: 'unknown-unit', value: unit };
  }
  if (!CODES.has(currency)) return { code: 'unknown-currency', value: currency };
  const isKnown = scale === undefined || (/^[a-z_-]+$/.test(scale) && unknownScale(unit) === null);
  return isKnown ? null : { code: 'unknown-scale', value: scale };
}

/** Most problems of a suite that are told at once: nobody mends more of them at a time. */
const MOST = 50;

/**
 * A suite that somebody brings or writes, refused where a grader would not know what its golds count. Apart from
 * `decodeSuite`, because stored runs must stay readable, and because the tables of units are not small.
 */
export function withKnownUnits(decoded: DecodedSuite): DecodedSuite {
  if (!decoded.ok) return decoded;
  const problems = decoded.suite.items.flatMap(({ gold }, index) => {
    const problem = unitProblem(gold.unit);
    if (problem === null) return [];
    return [{ path: `items[${index}].gold.unit`, code: problem.code, params: { received: problem.value } }];
  });
  return problems.length === 0 ? decoded : { ok: false, problems: problems.slice(0, MOST) };
}
