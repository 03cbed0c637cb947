import { isSpace } from '../reading/characters.ts';
import { intersect, parseUnitText, type Subject, type UnitRun } from './units.ts';
import type { Unit } from './unitNames.ts';

/** A unit in parentheses behind the number: "58,159,881（千元）". */
const UNIT_BEHIND = /^[ \u2009]?[(（]([^()（）\n]{1,40})[)）]/;

export function opensBracket(text: string, at: number): boolean {
  const unit = text[isSpace(text.charCodeAt(at)) ? at + 1 : at];
  return unit === '(' || unit === '（';
}

/** With the unit in brackets behind it, or the currency alone where a unit stands before them: 58千元（港元）. */
export function withBracket(text: string, from: number, behind: UnitRun, subject: Subject): UnitRun {
  const [written = '', inside = ''] = UNIT_BEHIND.exec(text.slice(behind.end, behind.end + 44)) ?? [];
  const run = written === '' ? null : parseUnitText(inside, subject);
  if (run === null) return behind;
  const end = behind.end + written.length;
  if (behind.end === from) return { ...run, end };
  if (run.scale !== null || run.unit.kind !== 'money') return behind;
  const { unit, contradiction } = joinUnits(behind.unit, run.unit);
  return unit.kind === 'money'
    ? { ...behind, unit, contradiction: behind.contradiction || contradiction, end }
    : behind;
}

export function joinUnits(prefix: Unit, suffix: Unit): { readonly unit: Unit; readonly contradiction: boolean } {
  if (prefix.kind === 'none') return { unit: suffix, contradiction: false };
  if (suffix.kind === 'none') return { unit: prefix, contradiction: false };
  const both = intersect(prefix, suffix);
  return { unit: both ?? prefix, contradiction: both === null };
}
