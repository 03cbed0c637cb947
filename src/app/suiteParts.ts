import type { Gold, Item, Language, PromptTemplate, PromptVariant, Suite } from '#domain';

/** The pieces of a suite that is being written: what is blank to begin with, and what has to fit together. */

const PROMPTS: Readonly<Record<Language, { readonly withPassage: string; readonly withoutPassage: string }>> = {
  en: {
    withPassage: '{passage}\n\n{question}\nReply with the answer only.',
    withoutPassage: '{question}\nReply with the answer only.',
  },
  'zh-Hans': { withPassage: '{passage}\n\n{question}\n只回答答案。', withoutPassage: '{question}\n只回答答案。' },
  'zh-Hant': { withPassage: '{passage}\n\n{question}\n只回答答案。', withoutPassage: '{question}\n只回答答案。' },
};

/** A suite to begin with: one empty item, and a prompt that can be used as it is. */
export function blankSuite(id: string, title: string, language: Language): Suite {
  return {
    format: 'tabeval-suite',
    schema: 1,
    id,
    version: '1',
    kind: 'custom',
    title: { en: title, zh: title },
    description: { en: title, zh: title },
    licence: 'unstated',
    prompt: { withPassage: {}, withoutPassage: { [language]: PROMPTS[language].withoutPassage } },
    maxTokens: 128,
    passages: [],
    items: [blankItem('q-1', language)],
  };
}

export function blankItem(id: string, language: Language): Item {
  return { id, language, question: '', gold: { value: '', unit: 'text' }, proof: { kind: 'stated' }, tags: [] };
}

/**
 * A template for each language and kind of item that has none yet: an item must be askable as soon as it is there. A
 * variant that has no words for such an item asks it plainly.
 */
export function withTemplates(suite: Suite): Suite {
  const { items, variants } = suite;
  const prompt = filled(suite.prompt, items);
  if (variants === undefined) return { ...suite, prompt };
  const filledVariants = variants.map((variant) =>
    variant.id === 'closed-book'
      ? {
          ...variant,
          prompt: withoutPassages(filled({ ...variant.prompt, withPassage: {} }, items.map(withoutPassage))),
        }
      : { ...variant, prompt: filled(variant.prompt, items) },
  );
  return { ...suite, prompt, variants: filledVariants };
}

/** Another way of asking, to begin with: it asks like the suite itself. */
export function blankVariant(id: PromptVariant['id'], { prompt, items, maxTokens }: Suite): PromptVariant {
  if (id !== 'closed-book') return { id, prompt, maxTokens };
  return { id, prompt: withoutPassages(filled({ ...prompt, withPassage: {} }, items.map(withoutPassage))), maxTokens };
}

/** '' takes the text of that language away; a system text without any language goes as a whole. */
export function withText(
  prompt: PromptTemplate,
  which: keyof PromptTemplate,
  language: Language,
  text: string,
): PromptTemplate {
  const others = Object.entries(prompt[which] ?? {}).filter(([other]) => other !== language);
  const changed = Object.fromEntries(text === '' ? others : [...others, [language, text]]);
  const { system, ...rest } = { ...prompt, [which]: changed };
  return system !== undefined && Object.keys(system).length > 0 ? { ...rest, system } : rest;
}

function filled(prompt: PromptTemplate, items: readonly Item[]): PromptTemplate {
  const full = { ...prompt, withPassage: { ...prompt.withPassage }, withoutPassage: { ...prompt.withoutPassage } };
  for (const { language, passage } of items) {
    const which = passage === undefined ? 'withoutPassage' : 'withPassage';
    full[which][language] ??= PROMPTS[language][which];
  }
  return full;
}

export function withoutPassages({ system, withoutPassage }: PromptTemplate): Omit<PromptTemplate, 'withPassage'> {
  return system === undefined ? { withoutPassage } : { system, withoutPassage };
}

export function withUsedPassages(suite: Suite): Suite {
  const used = new Set(suite.items.map(({ passage }) => passage));
  return { ...suite, passages: suite.passages.filter(({ id }) => used.has(id)) };
}

export function withoutPassage(item: Item): Item {
  const changed: { -readonly [K in keyof Item]: Item[K] } = { ...item };
  delete changed.passage;
  return changed;
}

/** An item after a change, with what its kind of gold allows. `asserted`: what its proof spoke of was changed. */
export function mended(item: Item, asserted: boolean): Item {
  const { aliases, ...gold }: Gold = item.gold;
  const keepsAliases = gold.unit === 'text' && aliases !== undefined && aliases.length > 0;
  const { choices, ...rest } = item;
  const keepsChoices = gold.unit === 'choice' && choices !== undefined;
  return {
    ...rest,
    ...(keepsChoices ? { choices } : {}),
    gold: keepsAliases ? { ...gold, aliases } : gold,
    // What was changed by hand is proven by hand: a proof of the old gold or passage would be false.
    proof: asserted ? { kind: 'stated' } : item.proof,
  };
}

export function free(prefix: string, taken: readonly { readonly id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  let n = taken.length + 1;
  while (ids.has(`${prefix}-${n}`)) n += 1;
  return `${prefix}-${n}`;
}

/** The last number of a version, one higher: "1" → "2", "1.0.9" → "1.0.10"; without any, "-2" behind it. */
export function raised(version: string): string {
  const last = /^(.*?)(\d+)([^\d]*)$/.exec(version);
  if (last === null) return `${version.slice(0, 60)}-2`;
  const [, before = '', number = '0', after = ''] = last;
  return `${before}${BigInt(number) + 1n}${after}`.slice(0, 64);
}
