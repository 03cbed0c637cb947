import * as v from 'valibot';

/**
 * Where engines look for a model's chat template, the first one that is there: a file of its own; the tokenizer's
 * configuration, with one template or several by name; what processors of older repositories have.
 */
export const TEMPLATE_FILE = 'chat_template.jinja';
export const TEMPLATE_CONFIGS = ['tokenizer_config.json', 'chat_template.json'] as const;

const named = v.object({ name: v.string(), template: v.string() });
const configuration = v.looseObject({ chat_template: v.union([v.string(), v.array(named)]) });

/** The template that is used of such a configuration, read as JSON; null where there is none. */
export function templateIn(config: unknown): string | null {
  const parsed = v.safeParse(configuration, config);
  if (!parsed.success) return null;
  const { chat_template: said } = parsed.output;
  return (typeof said === 'string' ? said : said.find(({ name }) => name === 'default')?.template) ?? null;
}
