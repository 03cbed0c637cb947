import type { Commitment } from '../../verdict.ts';
import { affirmed, withoutLead } from '../text/wrapping.ts';
import { normaliseSpan } from '../text/normalise.ts';
import type { ChoiceCommitment } from './commitments.ts';
import { concluded, markedIn, opening, tiedToQuestion } from './contrast.ts';
import { isPutAside, LISTED } from './denied.ts';
import { lettersIn, type Mention, optionsIn } from './mentions.ts';
import { type Asked, LETTERS } from './options.ts';

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
export function pickFrom(text: string, commitments: readonly ChoiceCommitment[], asked: Asked): Picked | null {
  for (const committed of commitments.slice(-MOST).reverse()) {
    if (isPutAside(text, committed.start, asked.negative)) continue;
    const picked = pickFirst(text, committed, asked);
    if (picked !== null) return corrected(text, picked, asked);
  }
  const whole = { kind: 'whole-output', start: 0, end: text.length, closed: false } as const;
  const alone = pickAlone(text, whole, asked);
  if (alone !== null) return alone;
  const marked = markedIn(text, asked);
  if (marked !== null) return one(whole, marked);
  const opens = pickOpening(text, whole, asked);
  return opens === null ? pickOnly(text, whole, asked) : corrected(text, opens, asked);
}

/** More commitments than this are a loop, which says at its end what it says anywhere. */
const MOST = 40;

const CORRECTION =
  /(?:^|[\s.,，。!！;；—-])(?:wait|actually|no,|sorry|correction|scratch that|on second thought|等等|不对|不，|更正|抱歉|说错)/i;

/** "B. Wait, actually C.": what is named behind a correction takes the place of what was named before. */
function corrected(text: string, picked: Picked, asked: Asked): Picked {
  const behind = text.slice(picked.end);
  const at = behind.search(CORRECTION);
  if (at < 0) return picked;
  const place = { kind: picked.commitment, start: picked.end + at, end: text.length, closed: picked.closed };
  return pickOnly(text, place, asked) ?? picked;
}

/** The letter that comes first behind a commitment, or the option that the stretch is. */
function pickFirst(text: string, at: ChoiceCommitment, asked: Asked): Picked | null {
  const alone = pickAlone(text, at, asked);
  if (alone !== null) return alone;
  const letters = lettersIn(text, at.start, at.end, asked);
  const [first] = letters;
  if (first === undefined) return pickOnly(text, at, asked);
  return withText(text, at, letters, first, asked);
}

/** A letter by itself at the start, with the mark behind it. */
const LABEL = /^[(（[]?[A-J](?![A-Za-z'])[.、:：)）\]]?/;

/** "B", "(b)", "ABD", or exactly one option's text. */
function pickAlone(text: string, at: ChoiceCommitment, asked: Asked): Picked | null {
  const { options, question } = asked;
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
    return withText(text, at, [said], said, asked);
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
function pickOpening(text: string, at: ChoiceCommitment, asked: Asked): Picked | null {
  const letter = OPENING.exec(text)?.[1]?.toUpperCase();
  const labels = new Set([...text.matchAll(LABELLED_LINE)].map((m) => m[1]));
  if (letter === undefined || labels.size > 1) return null;
  const letters = lettersIn(text, at.start, at.end, asked);
  const [first] = letters;
  if (first?.letter !== letter) return null;
  const picked = withText(text, at, letters, first, asked);
  // Prose behind letter and option: whatever the budget cut off, it was no list.
  const goesOn = /^[^\n\p{L}]*\p{L}[^\n]*?\s\p{L}/u.test(text.slice(picked.end));
  const option = normaliseSpan(asked.options[LETTERS.indexOf(letter)] ?? '');
  const isPiece = option.startsWith(normaliseSpan(text.slice(first.end)));
  return { ...picked, closed: goesOn && !isPiece };
}

/** What the whole stretch names: one letter, else one option; several of them are no choice. */
function pickOnly(text: string, at: ChoiceCommitment, asked: Asked): Picked | null {
  const letters = lettersIn(text, at.start, at.end, asked);
  const named = letters.length > 0 ? letters : optionsIn(text, at.start, at.end, asked);
  const [first] = named;
  const last = named.at(-1);
  if (first === undefined || last === undefined) return null;
  if (letters.length > 0 && new Set(letters.map((m) => m.letter)).size === 1)
    return withText(text, at, letters, first, asked);
  const place = { start: first.start, end: last.end, commitment: at.kind, closed: at.closed };
  if (named.every((m) => m.letter === first.letter)) return { kind: 'one', letter: first.letter, ...place };
  const stretch = text.slice(0, at.end);
  const texts = letters.length > 0 ? withLetters(optionsIn(text, at.start, at.end, asked), letters) : named;
  const taken = concluded(stretch, named) ?? opening(stretch, texts) ?? tiedToQuestion(stretch, texts, asked);
  return taken === null ? { kind: 'several', ...place } : one(at, taken);
}

/** "Paris (B), since London (A) is in England": the texts, where each letter only stands beside its own. */
function withLetters(texts: readonly Mention[], letters: readonly Mention[]): readonly Mention[] {
  const isBeside = (m: Mention): boolean =>
    texts.some((t) => t.letter === m.letter && m.start >= t.end && m.start - t.end < 12);
  return letters.every(isBeside)
    ? texts.map((t) => ({ ...t, end: letters.find((m) => m.letter === t.letter)?.end ?? t.end }))
    : [];
}

function one(at: ChoiceCommitment, { letter, start, end }: Mention): Picked {
  return { kind: 'one', letter, start, end, commitment: at.kind, closed: at.closed };
}

/**
 * The first letter with what stands beside it: another letter in a list makes a hedge, and so does the full text of
 * another option ("B. London" where London is C).
 */
function withText(
  text: string,
  at: ChoiceCommitment,
  letters: readonly Mention[],
  first: Mention,
  asked: Asked,
): Picked {
  const place = { commitment: at.kind, closed: at.closed };
  let { end } = first;
  let several = false;
  for (const next of letters.slice(1)) {
    const isOption = next.letter !== first.letter && isLabelled(text, next, asked.options);
    if (!LISTED.test(text.slice(end, next.start)) && !isOption) continue;
    several ||= next.letter !== first.letter;
    end = next.end;
  }
  const line = text.indexOf('\n', first.end);
  const label = /^[)）\]]?[.、:：,，。)）\]\s–—-]*/.exec(text.slice(first.end, first.end + 8))?.[0].length ?? 0;
  const from = first.end + label;
  const beside = optionsIn(text, from, line < 0 ? text.length : line, asked).filter(
    (m) => m.start === from && !OWN_LETTER.test(text.slice(m.end, m.end + 4)),
  );
  const before = optionsIn(text, Math.max(at.start, first.start - MOST_BEFORE), first.start, asked).at(-1);
  const isLabelOf = before !== undefined && /^ ?[(（]?$/.test(text.slice(before.end, first.start));
  several ||= [...beside, ...(isLabelOf ? [before] : [])].some((m) => m.letter !== first.letter);
  const span = { start: first.start, end: Math.max(end, ...beside.map((m) => m.end)) };
  return several ? { kind: 'several', ...place, ...span } : { kind: 'one', letter: first.letter, ...place, ...span };
}

/** "B. London (A) is in England": London is named with its own letter, and is none of B's. */
const OWN_LETTER = /^ ?[(（]\s?[A-J]/;
/** How far before a letter its option's text may begin: "Paris (B)". */
const MOST_BEFORE = 200;

/** "C. London" where that is option C: the option itself is offered. */
function isLabelled(text: string, mention: Mention, options: Asked['options']): boolean {
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
