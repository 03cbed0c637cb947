import { LETTERS, type Options } from './options.ts';

/** Between an option and the next one. */
const GAP = String.raw`[\s,，;；、.。|*-]{0,12}`;

/**
 * The text without the list of all options, where it says them again in their order: an exam paper copied out is no
 * answer. Spaces take its place, so that offsets stay.
 */
export function withoutRepeated(text: string, options: Options): string {
  if (options.length < 2) return text;
  const pieces = options.map((option, i) => {
    const words = option
      .split(/\s+/)
      .map(escaped)
      .join(String.raw`\s{1,4}`);
    return String.raw`(?:[(（]?${LETTERS[i] ?? ''}[)）]?[.、:：)）]?\s{0,4})?${words}`;
  });
  return text.replace(new RegExp(pieces.join(GAP), 'gi'), (all) => ' '.repeat(all.length));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
