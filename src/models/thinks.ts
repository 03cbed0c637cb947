import { thinkingInTemplate, type ThinkingAbility } from '#domain';
import * as v from 'valibot';
import type { ModelFolder } from './folder.ts';

const named = v.object({ name: v.string(), template: v.string() });
const tokenizerConfig = v.looseObject({
  chat_template: v.fallback(v.optional(v.union([v.string(), v.array(named)])), undefined),
});

/**
 * Whether a model thinks, as its chat template says. Null: the template does not speak of it, or there is none to be
 * read; what is wrong with it is said when the model is loaded.
 */
export async function thinksByTemplate({ files }: Pick<ModelFolder, 'files'>): Promise<ThinkingAbility | null> {
  const source =
    (await files.get('chat_template.jinja')?.text()) ?? (await configured(files.get('tokenizer_config.json')));
  const control = source === null ? null : thinkingInTemplate(source);
  return control === 'template' ? 'switchable' : control;
}

async function configured(file: File | undefined): Promise<string | null> {
  if (file === undefined) return null;
  try {
    const { chat_template: said } = v.parse(tokenizerConfig, JSON.parse(await file.text()));
    return (typeof said === 'string' ? said : said?.find(({ name }) => name === 'default')?.template) ?? null;
  } catch {
    return null;
  }
}
