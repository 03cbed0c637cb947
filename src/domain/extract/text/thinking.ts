import type { Span } from '../../verdict.ts';

/** What of an output is thinking, and whether the thinking ever ended. */
export interface Thinking {
  /** In order, without overlap. */
  readonly removed: readonly Span[];
  /** The last block was opened and not closed (or no final channel followed): what it holds is never an answer. */
  readonly unclosed: boolean;
}

/**
 * `<think>` and its like (Qwen3, DeepSeek R1, SmolLM3, Phi-4-reasoning, Granite, `<thought>` of EXAONE), with a prefix
 * (`<seed:think>`), `[THINK]` of Magistral, `◁think▷` of Kimi, OpenThinker's, and Gemma 4's channel:
 * https://ai.google.dev/gemma/docs/core/prompt-formatting-gemma4
 */
const TAG =
  /<(\/?)(?:[a-z]{1,8}:)?(?:think|thinking|thought|reasoning)>|\[(\/?)THINK\]|◁(\/?)think▷|<\|(begin|end)_of_thought\|>|<(\|channel>thought|channel\|)>?/gi;

/** A tag at the very end of a prompt that opens a block. */
const OPENS =
  /(?:<(?:[a-z]{1,8}:)?(?:think|thinking|thought|reasoning)>|\[THINK\]|◁think▷|<\|begin_of_thought\|>|<\|channel>thought)\s*$/i;

/** Whether a prompt ends inside a block of thinking that it opened: then the output begins as thinking, without a tag. */
export function opensThinking(prompt: string): boolean {
  return OPENS.test(prompt.slice(-80));
}

/** Finds the thinking of every shape that is in use. Offsets are those of `output`. `opened`: see `opensThinking`. */
export function findThinking(output: string, opened = false): Thinking {
  // Of a block in which nothing was written nothing is left to be shown or hidden.
  return channels(output) ?? tags(output, opened && output.trim() !== '');
}

function tags(output: string, opened: boolean): Thinking {
  let removed: Span[] = [];
  let depth = opened ? 1 : 0;
  let openedAt = 0;
  let openEnd = opened ? 0 : -1;
  for (const match of output.matchAll(TAG)) {
    const end = match.index + match[0].length;
    if (isMentioned(output, match.index, end)) continue;
    const closing =
      [match[1], match[2], match[3]].includes('/') || match[4]?.toLowerCase() === 'end' || match[5] === 'channel|';
    if (!closing) {
      // A template that opens the block for the model makes some models open it again at once: one block.
      const again = depth > 0 && output.slice(openEnd, match.index).trim() === '';
      if (depth === 0) openedAt = match.index;
      if (!again) depth++;
      openEnd = end;
    } else if (depth === 0) {
      // The prompt opened the block: all until here is thinking.
      removed = [{ start: 0, end }];
    } else if (--depth === 0) {
      removed.push({ start: openedAt, end });
    }
  }
  if (depth > 0) removed.push({ start: openedAt, end: output.length });
  return { removed, unclosed: depth > 0 };
}

const WORD_BEFORE =
  /(?:\b(?:write|writes|writing|type|types|use|using|put|emit|the|a|an|with|called|tag|token)[ \t]|[写用入的][ \t]?)$/i;
const WORD_AFTER = /^\s?(?:tags?\b|tokens?\b|markers?\b|标签|標籤|标记|標記)/i;

/** A tag that the text speaks about: quoted, or the object of "write". */
function isMentioned(output: string, start: number, end: number): boolean {
  const before = output[start - 1] ?? '';
  const after = output[end] ?? '';
  if (/["'`“‘「『]/.test(before) && /["'`”’」』]/.test(after)) return true;
  return WORD_BEFORE.test(output.slice(Math.max(0, start - 10), start)) || WORD_AFTER.test(output.slice(end, end + 10));
}

const CHANNEL = /<\|channel\|>\s{0,3}([a-z]+)[^<]{0,60}<\|message\|>/gi;
const CHANNEL_END = /<\|(?:end|return|start|channel|call)\|>/g;

/** Channel markers (`<|channel|>analysis<|message|>…`): only what the final channel says is the answer. */
function channels(output: string): Thinking | null {
  const bare = /^\s{0,20}analysis[\s\S]*?assistantfinal/.exec(output);
  // The same markers after a decoder has dropped the special tokens.
  if (bare !== null) return { removed: [{ start: 0, end: bare[0].length }], unclosed: false };
  if (!output.includes('<|channel|>')) return null;
  const removed: Span[] = [];
  let kept = 0;
  let hasFinal = false;
  for (const match of output.matchAll(CHANNEL)) {
    if (match[1]?.toLowerCase() !== 'final') continue;
    const start = match.index + match[0].length;
    CHANNEL_END.lastIndex = start;
    removed.push({ start: kept, end: start });
    kept = CHANNEL_END.exec(output)?.index ?? output.length;
    hasFinal = true;
  }
  removed.push({ start: kept, end: output.length });
  return { removed: removed.filter((r) => r.end > r.start), unclosed: !hasFinal };
}
