/** A file that holds no entries, by what it is instead. Each has its sentence: `import_unreadable_<word with _ for ->`. */
export const UNREADABLE = [
  'empty',
  /** More than LARGEST_IMPORT bytes. */
  'too-large',
  'spreadsheet',
  'archive',
  'document',
  'picture',
  'parquet',
  'web-page',
  /** What Git LFS leaves where the file itself was not fetched. */
  'lfs-pointer',
  'binary',
  /** JSON that is neither a list nor has one under "data". */
  'no-list',
  /** A run or several that we exported: Results reads it. */
  'run',
] as const;

export type Unreadable = (typeof UNREADABLE)[number];

/** Bytes from which the kind of a file is told. */
const LOOKED_AT = 65_536;
/** Bytes of the longest signature, with room for spaces before a tag. */
const SIGNATURE = 256;

/** By its first bytes what is no text, or no data; null for what may be read. */
export async function unreadable(file: Blob): Promise<Unreadable | null> {
  const bytes = new Uint8Array(await file.slice(0, LOOKED_AT).arrayBuffer());
  if (bytes.length === 0) return 'empty';
  // Each byte as the character of its number.
  const beginning = String.fromCharCode(...bytes.subarray(0, SIGNATURE));
  if (beginning.startsWith('PK\u0003\u0004')) return packed(new TextDecoder('latin1').decode(bytes));
  return bySignature(beginning);
}

/** Office files are ZIP archives with known names in them. */
function packed(archive: string): Unreadable {
  if (/xl\/|opendocument\.spreadsheet/.test(archive)) return 'spreadsheet';
  return /word\/|ppt\/|opendocument/.test(archive) ? 'document' : 'archive';
}

/** How files begin, each byte as the character of its number. */
const SIGNATURES: Readonly<Partial<Record<Unreadable, readonly string[]>>> = {
  // Office files from before 2007.
  spreadsheet: ['\xd0\xcf\x11\xe0'],
  // gzip, 7-Zip, RAR, bzip2, xz, Zstandard.
  archive: ['\x1f\x8b', '7z\xbc\xaf', 'Rar!', 'BZh', '\xfd7zXZ', '(\xb5/\xfd'],
  document: ['%PDF-', '{\\rtf'],
  picture: ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'RIFF'],
  parquet: ['PAR1', 'ARROW1'],
  'lfs-pointer': ['version https://git-lfs'],
};

const WEB_PAGE = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|\?xml)/i;

function bySignature(beginning: string): Unreadable | null {
  if (WEB_PAGE.test(beginning)) return 'web-page';
  return UNREADABLE.find((what) => SIGNATURES[what]?.some((one) => beginning.startsWith(one)) ?? false) ?? null;
}

/** Texts have tabs and line ends, and hardly another control character. `text`: the beginning of a file. */
export function isBinary(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is counted
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  return controls > Math.max(3, text.length / 50);
}
