import type { Item, Suite, VariantId } from './suite.ts';
import { askedAs } from './variant.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/**
 * The conversation that asks one item, in one of the suite's ways of asking. Throws a RangeError that names suite, item
 * and language where the template has no text for the item's language, or the item's passage or the way of asking does
 * not exist: `decodeSuite` has refused the first two.
 */
export function messagesFor(suite: Suite, item: Item, variant: VariantId = 'plain'): readonly Message[] {
  const { prompt } = askedAs(suite, variant);
  const template = (item.passage === undefined ? prompt.withoutPassage : prompt.withPassage)[item.language];
  if (template === undefined) throw new RangeError(`${suite.id}/${item.id}: no prompt template for ${item.language}`);
  const passage = item.passage === undefined ? '' : passageText(suite, item.passage);
  const content = fill(template, { passage, question: item.question });
  const system = prompt.system?.[item.language];
  return system === undefined
    ? [{ role: 'user', content }]
    : [
        { role: 'system', content: system },
        { role: 'user', content },
      ];
}

export function passageText(suite: Suite, id: string): string {
  const passage = suite.passages.find((p) => p.id === id);
  if (passage === undefined) throw new RangeError(`${suite.id}: no passage ${id}`);
  return passage.text;
}

/**
 * One pass with a replacement function: a passage that contains "{question}" or "$&" stays as it is. (A replacement
 * string would expand `$&`, `$$` and so on.)
 */
function fill(template: string, values: { readonly passage: string; readonly question: string }): string {
  return template.replace(/\{(passage|question)\}/g, (_, key: 'passage' | 'question') => values[key]);
}
