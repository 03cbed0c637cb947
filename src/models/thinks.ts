import { thinkingInTemplate, type ThinkingAbility } from '#domain';
import { TEMPLATE_CONFIGS, TEMPLATE_FILE, templateIn } from './chatTemplate.ts';
import type { ModelFolder } from './folder.ts';

/**
 * Whether a model thinks, as its chat template says. Null: the template does not speak of it, or there is none to be
 * read; what is wrong with it is said when the model is loaded.
 */
export async function thinksByTemplate({ files }: Pick<ModelFolder, 'files'>): Promise<ThinkingAbility | null> {
  let source = (await files.get(TEMPLATE_FILE)?.text()) ?? null;
  for (const path of TEMPLATE_CONFIGS) source ??= await configured(files.get(path));
  const control = source === null ? null : thinkingInTemplate(source);
  return control === 'template' ? 'switchable' : control;
}

async function configured(file: File | undefined): Promise<string | null> {
  if (file === undefined) return null;
  try {
    return templateIn(JSON.parse(await file.text()));
  } catch {
    return null;
  }
}
