import type { Mention } from './mentions.ts';
import { type Asked, LETTERS } from './options.ts';

/** The letters of one text in order, each with what is said behind it, up to the next one. */
const LABEL = /(?<![A-Za-z0-9'])[(（]?([A-J])(?:[)）]|[.、:：])?(?=[\s:：,，×√✓✔✗✘❌✅]|[\u4e00-\u9fff])/g;
const RIGHT = /[✅✓✔√]|\b(?:correct|right|true|yes)\b|正确|(?<!不)对/i;
const WRONG = /[❌✗✘×]|\b(?:incorrect|wrong|false|no|not (?:correct|right|true)|untrue)\b|错|不正确|不对/i;

/**
 * "A: False, B: True, C: False", "A ✗ B ✓ C ✗": each option is marked, and one of them otherwise than the rest. Where the
 * question asks for the one that is not so, the one marked wrong. Null: not every letter is marked, or there is no such
 * one.
 */
export function markedIn(text: string, asked: Asked): Mention | null {
  if (!RIGHT.test(text) || !WRONG.test(text)) return null;
  const labels = [...text.matchAll(LABEL)].map((match) => ({
    letter: match[1] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
  if (labels.length < 2 || labels.some(({ letter }, i) => letter !== LETTERS[i])) return null;
  const taken: Mention[] = [];
  for (const [i, label] of labels.entries()) {
    const said = text.slice(label.end, labels[i + 1]?.start ?? label.end + 80);
    const isWrong = WRONG.test(said);
    if (!isWrong && !RIGHT.test(said)) return null;
    if (isWrong === asked.negative) taken.push(label);
  }
  return taken.length === 1 ? (taken[0] ?? null) : null;
}

const CONCLUDES =
  /\b(?:so|therefore|thus|hence|must be|leaves|leaving|remains)\b[^.。\n]{0,24}$|(?:所以|因此|故|应为|应是|只能是|只剩|综上)[^。\n]{0,12}$/i;
const OPEN = /\bor\b|\bmaybe\b|\bperhaps\b|\bpossibly\b|\bnot sure\b|或|可能|也许|不确定/i;

/** Of several options that a text names the last, where the words before it draw a conclusion: "A and B, so D". */
export function concluded(text: string, named: readonly Mention[]): Mention | null {
  const last = named.at(-1);
  const before = named.at(-2);
  if (last === undefined || before === undefined || OPEN.test(text.slice(last.end))) return null;
  const lead = text.slice(Math.max(before.end, last.start - 80), last.start);
  return CONCLUDES.test(lead) && !OPEN.test(lead) ? last : null;
}

/** What ends the clause that answers: a reason, or the next sentence. */
const REASON = /^[)）"”*]{0,2}[ ]?(?:[,，;；]? ?(?:because|since|as|while|whereas|因为|由于|而)|[.。])/i;

/** "Paris, because London is in the UK.": the option that opens the text, where the others only explain it. */
export function opening(text: string, named: readonly Mention[]): Mention | null {
  const [first] = named;
  if (first === undefined || OPEN.test(text)) return null;
  const lead = text.slice(0, first.start);
  const isLead = /^\s*(?:(?:it|that|this)(?:'s| is| was)|i think(?: it(?:'s| is| was))?|是)?\s*["“*(（]{0,2}$/i.test(
    lead,
  );
  return isLead && REASON.test(text.slice(first.end, first.end + 12)) ? first : null;
}

const SENTENCE = /[^.。!！;；\n]+/g;

/**
 * "The capital of France is Paris. London is the capital of the UK.": the one option whose sentence says everything of
 * the question that the sentences of the others say, and a word of it that they do not.
 */
export function tiedToQuestion(text: string, named: readonly Mention[], asked: Asked): Mention | null {
  const stem = asked.question.split('\n', 1)[0]?.toLowerCase() ?? '';
  const words = new Set(stem.match(/[a-z]{4,}/g) ?? []);
  if (words.size === 0 || OPEN.test(text)) return null;
  const said = [...text.matchAll(SENTENCE)].flatMap((match) => {
    const inside = named.filter((m) => m.start >= match.index && m.start < match.index + match[0].length);
    const heard = new Set((match[0].toLowerCase().match(/[a-z]{4,}/g) ?? []).filter((w) => words.has(w)));
    return inside.length === 0 ? [] : [{ inside, heard }];
  });
  const best = said.reduce(
    (a, b) => (b.heard.size > a.heard.size ? b : a),
    said[0] ?? { inside: [], heard: new Set() },
  );
  const [only, second] = best.inside;
  if (only === undefined || second !== undefined) return null;
  const others = said.filter((s) => s !== best);
  const isMore = others.every((s) => s.heard.size < best.heard.size && [...s.heard].every((w) => best.heard.has(w)));
  return isMore && others.length > 0 ? only : null;
}
