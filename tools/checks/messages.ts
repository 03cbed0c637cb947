import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { repository } from '../root.ts';

/** A message in the inlang message format: a text, or one text per form (plural and the like). */
const forms = v.object({
  declarations: v.optional(v.array(v.string()), []),
  selectors: v.optional(v.array(v.string())),
  match: v.record(v.string(), v.string()),
});
const message = v.union([v.string(), v.array(forms)]);
const messageFile = v.record(v.string(), v.unknown());

/** What is looked at: files by language and name, the names that the project's settings list, the source's text. */
export interface MessageCatalogue {
  languages: Record<string, Record<string, unknown>>;
  listed: readonly string[];
  source: string;
}

interface Entry {
  file: string;
  texts: string[];
  parameters: string;
}

function parametersOf(parsed: v.InferOutput<typeof message>): string {
  const texts = typeof parsed === 'string' ? [parsed] : parsed.flatMap(({ match }) => Object.values(match));
  const declarations = typeof parsed === 'string' ? [] : parsed.flatMap((one) => one.declarations);
  const used = texts.flatMap((text) => [...text.matchAll(/\{\s*(\w+)\s*\}/g)].map(([, name]) => name));
  const inputs = declarations.map((line) => /^input\s+(\w+)/.exec(line)?.[1]);
  const locals = new Set(declarations.map((line) => /^local\s+(\w+)/.exec(line)?.[1]));
  return [...new Set([...used, ...inputs])]
    .filter((name) => name !== undefined && !locals.has(name))
    .sort()
    .join(', ');
}

function readLanguage(name: string, files: Record<string, unknown>, problems: string[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [file, content] of Object.entries(files)) {
    for (const [key, value] of Object.entries(v.parse(messageFile, content)).filter(([key]) => key !== '$schema')) {
      const parsed = v.safeParse(message, value);
      const other = entries.get(key);
      if (!parsed.success) problems.push(`${name}/${file}: ${key} is neither a text nor a list of forms.`);
      else if (other) problems.push(`${name}/${file}: ${key} is in ${other.file} too; only one of them is used.`);
      else {
        const texts =
          typeof parsed.output === 'string'
            ? [parsed.output]
            : parsed.output.flatMap((one) => Object.values(one.match));
        entries.set(key, { file, texts, parameters: parametersOf(parsed.output) });
      }
    }
  }
  return entries;
}

function compare(base: Map<string, Entry>, baseName: string, other: Map<string, Entry>, otherName: string): string[] {
  const missing = (from: Map<string, Entry>, to: Map<string, Entry>, toName: string) =>
    [...from].filter(([key]) => !to.has(key)).map(([key, { file }]) => `${toName}/${file}: ${key} is missing.`);
  const differing = [...base].flatMap(([key, { parameters }]) => {
    const twin = other.get(key);
    if (!twin || twin.parameters === parameters) return [];
    return [`${otherName}/${twin.file}: ${key} takes {${twin.parameters}}, in ${baseName} {${parameters}}.`];
  });
  return [...missing(base, other, otherName), ...missing(other, base, baseName), ...differing];
}

/** All that is wrong with the messages, one sentence each: keys, parameters, empty texts, unlisted files, unused keys. */
export function messageProblems({ languages, listed, source }: MessageCatalogue): string[] {
  const problems: string[] = [];
  const read = Object.entries(languages).map(([name, files]) => ({
    name,
    files,
    entries: readLanguage(name, files, problems),
  }));
  for (const { name, files, entries } of read) {
    const unlisted = Object.keys(files).filter((file) => !listed.includes(file));
    problems.push(...unlisted.map((file) => `${name}/${file} is not listed in project.inlang/settings.json.`));
    for (const [key, { file, texts }] of entries) {
      if (texts.length === 0 || texts.some((text) => text.trim() === ''))
        problems.push(`${name}/${file}: ${key} is empty.`);
    }
  }
  const [base, ...others] = read;
  if (!base) return ['There are no messages.'];
  for (const other of others) problems.push(...compare(base.entries, base.name, other.entries, other.name));
  const used = new Set([...source.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key));
  for (const [key, { file }] of base.entries)
    if (!used.has(key)) problems.push(`${base.name}/${file}: ${key} is used nowhere.`);
  return problems;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

function sourceText(): string {
  const folder = join(repository, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

const settings = v.object({
  locales: v.array(v.string()),
  'plugin.inlang.messageFormat': v.object({ pathPattern: v.array(v.string()) }),
});

/** The messages of this repository. */
export function readMessages(): MessageCatalogue {
  const { locales, 'plugin.inlang.messageFormat': format } = v.parse(
    settings,
    readJson(join(repository, 'project.inlang', 'settings.json')),
  );
  const filesOf = (locale: string) => {
    const folder = join(repository, 'messages', locale);
    return Object.fromEntries(readdirSync(folder).map((file) => [file, readJson(join(folder, file))]));
  };
  return {
    languages: Object.fromEntries(locales.map((locale) => [locale, filesOf(locale)])),
    listed: format.pathPattern.map((pattern) => pattern.split('/').at(-1) ?? pattern),
    source: sourceText(),
  };
}
