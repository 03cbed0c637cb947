import { failure, FailureError } from '#domain';
import { encodingOf, textOf, type Encoding } from './cut/text.ts';
import { cutOf, firstEntries, type Cut } from './entries.ts';
import { ROLES, type Columns, type Layout, type Role, type Sample, type SuiteFormat } from './format.ts';
import { SUITE_FORMATS, type SuiteFormatId } from './registry.ts';
import { guessColumns } from './table.ts';

/** Bytes. What is larger takes minutes to read, and a suite has 5,000 items at most. */
const LARGEST_IMPORT = 500_000_000;
/** Bytes from which format and columns are guessed. */
const HEAD = 2_000_000;
const SAMPLED = 20;

/** What the beginning of a file says. */
export interface Inspection {
  readonly layout: Layout;
  readonly encoding: Encoding;
  /** What can be read in this layout, most probable first, with the columns that a person may set. */
  readonly formats: readonly { readonly id: SuiteFormatId; readonly roles: readonly Role[] }[];
  /** Whether the first of `formats` was recognised; false: it only is what takes everything. */
  readonly recognised: boolean;
  /** Names of columns or keys; empty where entries have none. */
  readonly columns: readonly string[];
  /** Which of them is probably what, by its name. */
  readonly guessed: Columns;
}

/** Rejects with a FailureError: `invalid-input` where the file is empty or too large. */
export async function inspectFile(file: Blob): Promise<Inspection> {
  if (file.size === 0) throw new FailureError(failure('invalid-input', '0 bytes'));
  if (file.size > LARGEST_IMPORT) {
    throw new FailureError(failure('invalid-input', `${file.size} bytes > ${LARGEST_IMPORT}`));
  }
  const { cut, text } = await headOf(file);
  const entries = firstEntries(text, cut).flatMap((entry) => (entry.ok ? [entry.value] : []));
  const sample: Sample = { layout: cut.layout, text, entries: entries.slice(0, SAMPLED) };
  const rank = (format: (typeof SUITE_FORMATS)[number]): number =>
    format.fits(sample) ? 0 : format.id === 'table' ? 1 : 2;
  const possible = SUITE_FORMATS.filter(({ layouts }) => layouts.some((layout) => layout === cut.layout));
  const ranked = possible.map((format) => ({ format, rank: rank(format) })).sort((a, b) => a.rank - b.rank);
  const columns = columnsOf(sample, ranked[0]?.format);
  return {
    layout: cut.layout,
    encoding: cut.encoding,
    formats: ranked.map(({ format }) => ({ id: format.id, roles: format.kind === 'entries' ? format.roles : [] })),
    recognised: ranked[0]?.rank === 0,
    columns,
    guessed: guessColumns(columns, ROLES),
  };
}

/** The beginning of a file and how to cut it. */
export async function headOf(file: Blob): Promise<{ readonly cut: Cut; readonly text: string }> {
  const encoding = await encodingOf(file);
  let text = '';
  for await (const piece of textOf(file.slice(0, HEAD), encoding, () => undefined)) text += piece;
  return { cut: cutOf(text, encoding), text };
}

function columnsOf({ layout, entries }: Sample, format: SuiteFormat | undefined): readonly string[] {
  const [first] = entries;
  if (layout === 'csv') {
    const row = (Array.isArray(first) ? first : []) as readonly string[];
    const own = format?.kind === 'entries' ? format.headless?.(row) : null;
    return own ?? [...new Set(row)].filter((name) => name.trim() !== '');
  }
  const keys = entries.flatMap((entry) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? Object.keys(entry) : [],
  );
  return [...new Set(keys)];
}
