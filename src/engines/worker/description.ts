/** What a model's small files say of it. */
import { failure, FailureError } from '#domain';
import type { ModelFiles } from './files.ts';
import { chatTemplate, findTemplate, specialTokens, type ChatTemplate } from './template.ts';

/** The object in a JSON file. Throws a FailureError: `files-missing`, `file-corrupt`. */
export async function readJson(files: ModelFiles, path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await files.text(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new FailureError(failure('file-corrupt', `${path}: ${String(thrown)}`));
  }
  if (value === null || typeof value !== 'object')
    throw new FailureError(failure('file-corrupt', `${path}: no object`));
  return value as Readonly<Record<string, unknown>>;
}

/** Throws a FailureError: `template-invalid` where there is none or it cannot be read, and those of `readJson`. */
export async function readTemplate(files: ModelFiles): Promise<ChatTemplate> {
  const tokenizerConfig = await readJson(files, 'tokenizer_config.json');
  const templateFile = 'chat_template.jinja';
  const ownFile = files.has(templateFile) ? await files.text(templateFile) : null;
  // Where processors of older repositories keep it.
  const elsewhere = 'chat_template.json';
  const lacks = ownFile === null && (tokenizerConfig.chat_template ?? null) === null && files.has(elsewhere);
  const config = lacks ? await readJson(files, elsewhere) : tokenizerConfig;
  return chatTemplate(findTemplate(config, ownFile), specialTokens(tokenizerConfig));
}
