/**
 * Reads one cell of a table that stands in a passage, in the forms that our passages use: Markdown pipes, tabs, or
 * columns held apart by two or more spaces. Not a general reader: what it cannot place for certain it refuses.
 *
 * A label that needs its group is written as a path, "Current assets › Other": a row below a line that holds only the
 * group's name, a row whose group stands in a merged cell to its left, or a column below a merged heading.
 */

type Cells = readonly string[];

/** A line of Markdown that only separates: "| --- | ---: |". */
const RULE = /^:?-+:?$/;

/**
 * The text of the cell in the row `row` (it begins with it) under the nearest heading above it that has the column
 * `column`. Throws a RangeError where a label is missing, stands there twice, or the row does not fit its heading.
 */
export function readCell(passage: string, row: string, column: string): string {
  const lines = passage.split('\n').map(cellsOf);
  const at = rowAt(lines, path(row), row);
  const cells = lines[at] ?? [];
  const { heading, place } = columnAt(lines.slice(0, at), path(column), column);
  // A heading may be shorter by one: nothing stands above the labels. Hence the count from the right.
  const extra = cells.length - heading.length;
  const cell = cells.at(place - heading.length);
  if (cell === undefined || extra < 0 || extra > 1) throw new RangeError(`the row "${row}" does not fit its heading`);
  return cell;
}

function path(label: string): readonly [group: string | null, label: string] {
  const [first = '', second] = label.split(' › ');
  return second === undefined ? [null, first] : [first, second];
}

function rowAt(lines: readonly Cells[], [group, label]: ReturnType<typeof path>, row: string): number {
  const all = [...lines.keys()];
  if (group === null) {
    return only(
      all.filter((n) => (lines[n]?.length ?? 0) > 1 && lines[n]?.[0] === label),
      `row "${row}"`,
    );
  }
  const start = only(
    all.filter((n) => lines[n]?.[0]?.replace(/[:：]$/, '') === group),
    `group "${group}"`,
  );
  const merged = !isSection(lines[start] ?? []);
  const ends = (cells: Cells): boolean => (merged ? cells[0] !== '' : isSection(cells));
  const end = all.find((n) => n > start && ends(lines[n] ?? [])) ?? lines.length;
  return only(
    all.slice(start, end).filter((n) => lines[n]?.[merged ? 1 : 0] === label),
    `row "${row}"`,
  );
}

/** A line that holds one text and no figures: the name of the rows below it, or an empty line. */
function isSection(cells: Cells): boolean {
  return cells.slice(1).every((cell) => cell === '');
}

function columnAt(above: readonly Cells[], [group, label]: ReturnType<typeof path>, column: string) {
  const at = above.findLastIndex((cells) => cells.includes(label));
  const heading = above[at];
  if (heading === undefined) throw new RangeError(`no heading with the column "${column}"`);
  const places = [...heading.keys()].filter((n) => heading[n] === label);
  if (group === null) return { heading, place: only(places, `column "${column}"`) };
  const groups = above.slice(0, at).findLast((cells) => cells.includes(group));
  if (groups?.length !== heading.length) throw new RangeError(`no merged heading "${group}" above "${label}"`);
  const from = groups.indexOf(group);
  const next = groups.findIndex((cell, n) => n > from && cell !== '');
  const to = next < 0 ? groups.length : next;
  return {
    heading,
    place: only(
      places.filter((n) => n >= from && n < to),
      `column "${column}"`,
    ),
  };
}

function cellsOf(line: string): Cells {
  const trimmed = line.trim();
  if (!trimmed.startsWith('|')) return trimmed.includes('\t') ? split(trimmed, '\t') : split(trimmed, / {2,}/);
  const cells = split(trimmed.replace(/^\||\|$/g, ''), '|');
  return cells.every((cell) => RULE.test(cell)) ? [] : cells;
}

function split(line: string, separator: string | RegExp): Cells {
  return line.split(separator).map((cell) => cell.trim());
}

function only(found: readonly number[], what: string): number {
  const [first, second] = found;
  if (first === undefined) throw new RangeError(`no ${what}`);
  if (second !== undefined) throw new RangeError(`more than one ${what}`);
  return first;
}
