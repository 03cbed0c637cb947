import type { VisibleCommitment } from './commitments.ts';

const ANSWER_KEY = /["'](?:final[_ ]?answer|answer|答案|最终答案|最終答案)["']\s{0,4}:\s{0,4}/gi;
const UNIT_KEY =
  /["'](?:units?|currency|scale|单位|單位|货币|貨幣|币种|幣種)["']\s{0,4}:\s{0,4}(["'])((?:(?!\1)[^\n]){0,40})\1/gi;
/** Asked once of the whole text, because most texts have no unit key at all. */
const UNIT_WORD = /unit|currency|scale|单位|單位|货币|貨幣|币种|幣種/i;
const VALUE_KEY = /["'](?:value|amount|number|数值|數值)["']\s{0,4}:\s{0,4}/i;

/** How far around the answer its object is looked at for the unit. */
const OBJECT = 400;
const LONGEST_OBJECT = 4000;

/**
 * Values of an "answer" key. The text need not be valid JSON: models leave objects open, use single quotes, add
 * trailing commas. A unit in another key of the same object comes with it.
 */
export function jsonAnswers(text: string): readonly VisibleCommitment[] {
  const found: VisibleCommitment[] = [];
  const hasUnits = UNIT_WORD.test(text);
  let readUntil = 0;
  for (const match of text.matchAll(ANSWER_KEY)) {
    if (match.index < readUntil) continue;
    const value = readValue(text, match.index + match[0].length);
    readUntil = value.outerEnd;
    found.push({ ...value, unitText: hasUnits ? unitsAround(text, match.index, value.outerEnd) : '' });
  }
  return found;
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly outerEnd: number;
  readonly closed: boolean;
}

function readValue(text: string, at: number): Value {
  const first = text[at] ?? '';
  if (first === '"' || first === "'") {
    const end = stringEnd(text, at);
    return { start: at + 1, end, outerEnd: end + 1, closed: text[end] === first };
  }
  if (first === '{') {
    const end = bracketEnd(text, at, '}');
    const inner = VALUE_KEY.exec(text.slice(at, end));
    if (inner === null) return { start: at + 1, end, outerEnd: end, closed: end < text.length };
    return { ...readValue(text, at + inner.index + inner[0].length), outerEnd: end };
  }
  const end =
    first === '['
      ? bracketEnd(text, at, ']')
      : at + (/^[^}\n]{0,200}?(?=,\s|,?["'}\n]|$)/.exec(text.slice(at, at + 204))?.[0].length ?? 0);
  return { start: at, end, outerEnd: end, closed: end < text.length };
}

function stringEnd(text: string, at: number): number {
  const quote = text[at];
  let end = at + 1;
  while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  return Math.min(end, text.length);
}

/** Where the object ends whose answer ends at `at`: behind its other keys, and before `limit`. Else `at`. */
export function objectEnd(text: string, at: number, limit: number): number {
  let isString = false;
  // The quote that closes the answer opens nothing.
  for (let i = text[at] === '"' ? at + 1 : at; i < Math.min(limit, at + LONGEST_OBJECT); i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') isString = !isString;
    else if (text[i] === '}' && !isString) return i;
  }
  return at;
}

/** No nesting: an answer that is an object or a list holds plain values. */
function bracketEnd(text: string, at: number, bracket: string): number {
  const end = text.slice(at, at + OBJECT).indexOf(bracket);
  return end < 0 ? Math.min(text.length, at + OBJECT) : at + end;
}

/** The texts of unit keys between the braces around `[start, end)`. */
function unitsAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - OBJECT), start + 1);
  const until = text.slice(end, end + OBJECT).indexOf('}');
  const low = start + 1 - before.length + Math.max(0, before.lastIndexOf('{'));
  const object = text.slice(low, until < 0 ? end + OBJECT : end + until);
  const units: string[] = [];
  UNIT_KEY.lastIndex = 0;
  for (let unit = UNIT_KEY.exec(object); unit !== null; unit = UNIT_KEY.exec(object)) units.push(unit[2] ?? '');
  return units.join(' ');
}
