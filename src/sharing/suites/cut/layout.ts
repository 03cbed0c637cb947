import type { Layout } from '../format.ts';
import { jsonEntry } from './entry.ts';

/** Lines from which it is told whether a file is JSON Lines. */
const LOOKED_AT = 5;

/**
 * How a file is cut, from its beginning: rows where it does not begin with a bracket; JSON Lines where most of the first
 * lines are objects by themselves, be one of them broken; else JSON.
 */
export function layoutOf(head: string): Layout {
  const start = head.trimStart();
  if (!/^[[{]/.test(start)) return 'csv';
  if (start.startsWith('[')) return 'json';
  const lines = start
    .split('\n', LOOKED_AT + 1)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const objects = lines.flatMap(objectOf);
  const [only] = objects;
  // One object on the only line may also be a whole file: SQuAD's, or a suite of ours.
  if (lines.length === 1) return only === undefined ? unendedLayout(start) : isWholeFile(only) ? 'json' : 'jsonl';
  // Of a JSON text on many lines, one is an object by itself at most: the last of a list.
  const opened = lines.filter((line) => line.startsWith('{')).length;
  return objects.length > 1 || (objects.length === 1 && opened === lines.length) ? 'jsonl' : 'json';
}

function objectOf(line: string): readonly object[] {
  const entry = jsonEntry(line, 1);
  const isObject = entry.ok && typeof entry.value === 'object' && entry.value !== null && !Array.isArray(entry.value);
  return isObject ? [entry.value] : [];
}

function isWholeFile(value: object): boolean {
  return ['data', 'format'].some((key) => key in value);
}

/** A line without an end in sight: a file written without line ends, or a first line of uncommon length. */
function unendedLayout(start: string): Layout {
  return /"(?:data|format)"\s*:/.test(start) ? 'json' : 'jsonl';
}
