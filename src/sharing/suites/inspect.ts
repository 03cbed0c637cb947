import { DELIMITERS, guessDelimiter, type Delimiter } from './cut/delimiter.ts';
import { encodingOf, type Encoding, type FoundEncoding } from './cut/encoding.ts';
import { layoutOf } from './cut/layout.ts';
import { textOf } from './cut/text.ts';
import { isBinary, unreadable, type Unreadable } from './cut/unreadable.ts';
import { columnNames, firstEntries, type Cut } from './entries.ts';
import { ROLES, type Columns, type Layout, type Role, type Sample, type SuiteFormat } from './format.ts';
import { SUITE_FORMATS, type SuiteFormatId } from './registry.ts';
import { guessColumns } from './table.ts';

/** Bytes. What is larger takes minutes to read, and a suite has 5,000 items at most. */
const LARGEST_IMPORT = 500_000_000;
/** Bytes from which format and columns are guessed. */
const HEAD = 2_000_000;
const SAMPLED = 20;

/** What a person says of how a file is written; null: as it is found. */
export interface Writing {
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  /** Whether the first row of a table holds the names of its columns. */
  readonly head: boolean;
}

/** What the beginning of a file says. */
export interface Inspection {
  readonly layout: Layout;
  readonly encoding: Encoding;
  /** Whether the file itself says its encoding, or a person did; false: it is a guess. */
  readonly encodingCertain: boolean;
  /** What parts the cells; null where the file has no rows. */
  readonly delimiter: Delimiter | null;
  /** What can be read in this layout, most probable first, with the columns that a person may set. */
  readonly formats: readonly { readonly id: SuiteFormatId; readonly roles: readonly Role[] }[];
  /** Whether the first of `formats` was recognised; false: it only is what takes everything. */
  readonly recognised: boolean;
  /** Names of columns or keys; empty where entries have none. */
  readonly columns: readonly string[];
  /** Which of them is probably what, by its name. */
  readonly guessed: Columns;
}

export type Inspected =
  | { readonly kind: 'entries'; readonly inspection: Inspection }
  /** No data that could be read, by what it is instead. */
  | { readonly kind: 'unreadable'; readonly what: Unreadable };

export async function inspectFile(file: Blob, writing: Writing): Promise<Inspected> {
  if (file.size > LARGEST_IMPORT) return { kind: 'unreadable', what: 'too-large' };
  const what = await unreadable(file);
  if (what !== null) return { kind: 'unreadable', what };
  const { cut, text, found } = await headOf(file, writing);
  // What a person says of the encoding may be wrong; they shall see what comes of it.
  const wrong = isBinary(text) && writing.encoding === null ? 'binary' : noEntries(text, cut.layout);
  if (wrong !== null) return { kind: 'unreadable', what: wrong };
  const entries = firstEntries(text, cut).flatMap((entry) => (entry.ok ? [entry.value] : []));
  const sample: Sample = { layout: cut.layout, text, entries: entries.slice(0, SAMPLED) };
  const rank = (format: (typeof SUITE_FORMATS)[number]): number =>
    format.fits(sample) ? 0 : format.id === 'table' ? 1 : 2;
  const possible = SUITE_FORMATS.filter(({ layouts }) => layouts.some((layout) => layout === cut.layout));
  const ranked = possible.map((format) => ({ format, rank: rank(format) })).sort((a, b) => a.rank - b.rank);
  const columns = columnsOf(sample, ranked[0]?.format, writing.head);
  return {
    kind: 'entries',
    inspection: {
      layout: cut.layout,
      encoding: cut.encoding,
      encodingCertain: found.certain,
      delimiter: cut.layout === 'csv' ? (DELIMITERS.find((one) => one === cut.delimiter) ?? null) : null,
      formats: ranked.map(({ format }) => ({ id: format.id, roles: format.kind === 'entries' ? format.roles : [] })),
      recognised: ranked[0]?.rank === 0,
      columns,
      guessed: guessColumns(columns, ROLES),
    },
  };
}

/** The beginning of a file and how to cut it. */
export async function headOf(
  file: Blob,
  writing: Writing,
): Promise<{ readonly cut: Cut; readonly text: string; readonly found: FoundEncoding }> {
  const said = writing.encoding;
  const found = said === null ? await encodingOf(file) : { encoding: said, certain: true };
  const { encoding } = found;
  let text = '';
  for await (const piece of textOf(file.slice(0, HEAD), encoding, () => undefined)) text += piece;
  const layout = layoutOf(text);
  if (layout !== 'csv') return { cut: { layout, encoding }, text, found };
  const delimiter = writing.delimiter ?? guessDelimiter(text);
  return { cut: { layout, encoding, delimiter, head: writing.head }, text, found };
}

/** Texts that hold nothing to read here. */
function noEntries(text: string, layout: Layout): Unreadable | null {
  if (text.trim() === '') return 'empty';
  if (layout === 'csv') return null;
  if (/^\s*\{\s*"format"\s*:\s*"tabeval-runs?"/.test(text)) return 'run';
  const isObject = layout === 'json' && text.trimStart().startsWith('{');
  return isObject && !/"(?:data|format)"\s*:/.test(text) ? 'no-list' : null;
}

function columnsOf({ layout, entries }: Sample, format: SuiteFormat | undefined, head: boolean): readonly string[] {
  const [first] = entries;
  if (layout === 'csv') {
    const row = (Array.isArray(first) ? first : []) as readonly string[];
    if (format?.kind !== 'entries') return row;
    // A separator at the end of every line makes a column without a name and without a text.
    const isEmpty = (n: number): boolean => entries.every((one) => ((one as readonly string[])[n] ?? '').trim() === '');
    return columnNames(row, format, head).filter((_, n) => !isEmpty(n));
  }
  const keys = entries.flatMap((entry) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? Object.keys(entry) : [],
  );
  return [...new Set(keys)];
}
