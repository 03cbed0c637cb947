import type { Commitment } from '../../verdict.ts';
import { affirmed, withoutLead } from '../text/answerText.ts';
import { normaliseSpan } from '../text/normalise.ts';
import type { ChoiceCommitment } from './commitments.ts';
import { lettersIn, type Mention, optionsIn } from './mentions.ts';
import { LETTERS, type Options } from './options.ts';

interface Place {
  readonly start: number;
  readonly end: number;
  readonly commitment: Commitment;
  /** Nothing can be added to it: a brace, a quote or more text follows. */
  readonly closed: boolean;
}

/** One option, or several without a choice. */
export type Picked = Place & ({ readonly kind: 'one'; readonly letter: string } | { readonly kind: 'several' });

/** The option that a text takes: by its last commitment, else by the whole text. Null: none is named. */
export function pickFrom(
  text: string,
  commitments: readonly ChoiceCommitment[],
  options: Options,
  question: string,
): Picked | null {
  for (const committed of commitments.slice(-MOST).reverse()) {
    const picked = pickFirst(text, committed, options, question);
    if (picked !== null) return corrected(text, picked, options);
  }
  const whole = { kind: 'whole-output', start: 0, end: text.length, closed: false } as const;
  const alone = pickAlone(text, whole, options, question);
  if (alone !== null) return alone;
  const opening = pickOpening(text, whole, options);
  return opening === null ? pickOnly(text, whole, options) : corrected(text, opening, options);
}

/** More commitments than this are a loop, which says at its end what it says anywhere. */
const MOST = 40;

const CORRECTION =
  /(?:^|[\s.,，。!！;；—-])(?:wait|actually|no,|sorry|correction|scratch that|on second thought|等等|不对|更正|抱歉|说错)/i;

/** "B. Wait, actually C.": what is named behind a correction takes the place of what was named before. */
function corrected(text: string, picked: Picked, options: Options): Picked {
  const behind = text.slice(picked.end);
  const at = behind.search(CORRECTION);
  if (at < 0) return picked;
  const place = { kind: picked.commitment, start: picked.end + at, end: text.length, closed: picked.closed };
  return pickOnly(text, place, options) ?? picked;
}

/** The letter that comes first behind a commitment, or the option that the stretch is. */
function pickFirst(text: string, at: ChoiceCommitment, options: Options, question: string): Picked | null {
  const alone = pickAlone(text, at, options, question);
  if (alone !== null) return alone;
  const letters = lettersIn(text, at.start, at.end, options);
  const [first] = letters;
  if (first === undefined) return pickOnly(text, at, options);
  return withText(text, at, letters, first, options);
}

/** A letter by itself at the start, with the mark behind it. */
const LABEL = /^[(（[]?[A-J](?![A-Za-z'])[.、:：)）\]]?/;

/** "B", "(b)", "ABD", or exactly one option's text. */
function pickAlone(text: string, at: ChoiceCommitment, options: Options, question: string): Picked | null {
  const { start, end } = trimmed(text, at.start, at.end);
  const said = text.slice(start, end);
  const place = { start, end, commitment: at.kind, closed: at.closed };
  if (said === '' || said.length > 600) return null;
  const last = LETTERS[(options.length || LETTERS.length) - 1] ?? 'J';
  const letters = /^[a-j](?:[\s,，、/&和或与+]{0,3}[a-j])*$/i.test(said) ? said.toUpperCase().match(/[A-J]/g) : null;
  // "ad" and "bad" are words; "AD" is a list.
  const isList = letters !== null && (letters.length === 1 || said === said.toUpperCase());
  if (isList && letters.every((letter) => letter <= last)) {
    const [letter = ''] = letters;
    if (new Set(letters).size > 1) return { kind: 'several', ...place };
    // A sentence ends behind "B.": what it labels stands in the next one.
    const said = { letter, start, end };
    return withText(text, at, [said], said, options);
  }
  // "A. Paris" and "A Paris" name a letter; as a span the A would be an article and fall away.
  const label = LABEL.exec(said)?.[0];
  const isWord = label?.length === 1 && options.some((option) => LABEL.exec(option)?.[0] === label);
  if (label !== undefined && !isWord) return null;
  const readings = [said, affirmed(said), withoutLead(said, question)].flatMap((r) =>
    r === null ? [] : [normaliseSpan(r)],
  );
  const equal = options.flatMap((option, i) => {
    const words = normaliseSpan(option);
    return words !== '' && readings.includes(words) ? [LETTERS[i] ?? ''] : [];
  });
  const [letter, second] = equal;
  if (letter === undefined) return null;
  return second === undefined ? { kind: 'one', letter, ...place } : { kind: 'several', ...place };
}

const OPENING =
  /^\s*(?:option |choice |选项 ?)?[(（[]?([A-J])(?:[)）\]]?[.、:：,，。)）\]]|[)）\]]|\s*[-–—]|\s*\n|\s(?=because|since|as\b))/;

const LABELLED_LINE = /(?:^|\n)[ \t]{0,4}[(（]?([A-J])(?:[)）]|[.、:：](?=\s|[\u4e00-\u9fff]))/g;

/**
 * "B. Paris", "(B) because…", "B, since": the letter that opens the text. Where other lines open with other letters
 * the text goes through the options and takes none.
 */
function pickOpening(text: string, at: ChoiceCommitment, options: Options): Picked | null {
  const letter = OPENING.exec(text)?.[1]?.toUpperCase();
  const labels = new Set([...text.matchAll(LABELLED_LINE)].map((m) => m[1]));
  if (letter === undefined || labels.size > 1) return null;
  const letters = lettersIn(text, at.start, at.end, options);
  const [first] = letters;
  if (first?.letter !== letter) return null;
  const picked = withText(text, at, letters, first, options);
  // Prose behind letter and option: whatever the budget cut off, it was no list.
  const goesOn = /^[^\n\p{L}]*\p{L}[^\n]*?\s\p{L}/u.test(text.slice(picked.end));
  const option = normaliseSpan(options[LETTERS.indexOf(letter)] ?? '');
  const isPiece = option.startsWith(normaliseSpan(text.slice(first.end)));
  return { ...picked, closed: goesOn && !isPiece };
}

/** What the whole stretch names: one letter, else one option; several of them are no choice. */
function pickOnly(text: string, at: ChoiceCommitment, options: Options): Picked | null {
  const letters = lettersIn(text, at.start, at.end, options);
  const named = letters.length > 0 ? letters : optionsIn(text, at.start, at.end, options);
  const [first] = named;
  const last = named.at(-1);
  if (first === undefined || last === undefined) return null;
  if (letters.length > 0 && new Set(letters.map((m) => m.letter)).size === 1)
    return withText(text, at, letters, first, options);
  const place = { start: first.start, end: last.end, commitment: at.kind, closed: at.closed };
  return named.every((m) => m.letter === first.letter)
    ? { kind: 'one', letter: first.letter, ...place }
    : { kind: 'several', ...place };
}

const LISTED = /^[\s,，、/&+]*(?:and|or|和|或者?|与|及|as well as)?[\s,，、/&+]*$/i;

/**
 * The first letter with what stands beside it: another letter in a list makes a hedge, and so does the full text of
 * another option ("B. London" where London is C).
 */
function withText(
  text: string,
  at: ChoiceCommitment,
  letters: readonly Mention[],
  first: Mention,
  options: Options,
): Picked {
  const place = { commitment: at.kind, closed: at.closed };
  let { end } = first;
  let several = false;
  for (const next of letters.slice(1)) {
    const isOption = next.letter !== first.letter && isLabelled(text, next, options);
    if (!LISTED.test(text.slice(end, next.start)) && !isOption) continue;
    several ||= next.letter !== first.letter;
    end = next.end;
  }
  const line = text.indexOf('\n', first.end);
  const label = /^[)）\]]?[.、:：,，。)）\]\s–—-]*/.exec(text.slice(first.end, first.end + 8))?.[0].length ?? 0;
  const from = first.end + label;
  const beside = optionsIn(text, from, line < 0 ? text.length : line, options).filter((m) => m.start === from);
  several ||= beside.some((m) => m.letter !== first.letter);
  const span = { start: first.start, end: Math.max(end, ...beside.map((m) => m.end)) };
  return several ? { kind: 'several', ...place, ...span } : { kind: 'one', letter: first.letter, ...place, ...span };
}

/** "C. London" where that is option C: the option itself is offered. */
function isLabelled(text: string, mention: Mention, options: Options): boolean {
  const words = options[LETTERS.indexOf(mention.letter)]?.toLowerCase() ?? '';
  const behind = text.slice(mention.end, mention.end + words.length + 4).toLowerCase();
  const isLineStart = /(?:^|\n)[ \t]{0,4}$/.test(text.slice(Math.max(0, mention.start - 5), mention.start));
  return isLineStart && words !== '' && behind.replace(/^[.、:：)）\s]{1,3}/, '').startsWith(words);
}

const EDGE = /[\s"'“”「」『』《》<>()（）[\]【】:：,，.。、;；!！]/;

function trimmed(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  let [from, to] = [start, end];
  while (from < to && EDGE.test(text[from] ?? '')) from++;
  while (to > from && EDGE.test(text[to - 1] ?? '')) to--;
  return { start: from, end: to };
}
