/**
 * Reads one cell of a table that stands in a passage, in the forms that our passages use: Markdown pipes, tabs, or
 * columns held apart by two or more spaces. Not a general reader: what it cannot place for certain it refuses.
 */

/**
 * The text of the cell in the row that begins with `row`, under the heading `column`. Throws a RangeError where a
 * label is missing, stands there twice, or the row is too short.
 */
export function readCell(passage: string, row: string, column: string): string {
  const lines = passage.split('\n').map(cellsOf);
  const heading = only(
    lines.filter((cells) => cells.includes(column)),
    `heading with the column "${column}"`,
  );
  if (heading.indexOf(column) !== heading.lastIndexOf(column)) {
    throw new RangeError(`the column "${column}" is there twice`);
  }
  const cells = only(
    lines.filter((candidate) => candidate.length > 1 && candidate[0] === row),
    `row "${row}"`,
  );
  // A heading may be shorter by one: nothing stands above the labels. Hence the count from the right.
  const extra = cells.length - heading.length;
  const cell = cells.at(heading.indexOf(column) - heading.length);
  if (cell === undefined || extra < 0 || extra > 1) throw new RangeError(`the row "${row}" does not fit its heading`);
  return cell;
}

function cellsOf(line: string): readonly string[] {
  const trimmed = line.trim();
  if (trimmed.startsWith('|')) return split(trimmed.replace(/^\||\|$/g, ''), '|');
  return trimmed.includes('\t') ? split(trimmed, '\t') : split(trimmed, / {2,}/);
}

function split(line: string, separator: string | RegExp): readonly string[] {
  return line.split(separator).map((cell) => cell.trim());
}

function only(found: readonly (readonly string[])[], what: string): readonly string[] {
  const [first, second] = found;
  if (first === undefined) throw new RangeError(`no ${what}`);
  if (second !== undefined) throw new RangeError(`more than one ${what}`);
  return first;
}
