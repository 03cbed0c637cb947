import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { thinksByTemplate } from '../../src/models/thinks.ts';

const template = (name: string): string =>
  readFileSync(new URL(`../fixtures/chatTemplates/${name}.jinja`, import.meta.url), 'utf8');

function folder(files: Readonly<Record<string, string>>): { files: ReadonlyMap<string, File> } {
  return { files: new Map(Object.entries(files).map(([path, text]) => [path, new File([text], path)])) };
}

const config = (chat_template: unknown): string => JSON.stringify({ chat_template, added_tokens: ['<think>'] });

test.each([
  ['in the configuration', { 'tokenizer_config.json': config(template('switched-thinking')) }, 'switchable'],
  [
    'in a file of its own, which wins',
    {
      'chat_template.jinja': template('forced-thinking'),
      'tokenizer_config.json': config(template('switched-thinking')),
    },
    'always',
  ],
  [
    'by name',
    {
      'tokenizer_config.json': config([
        { name: 'tools', template: 'x' },
        { name: 'default', template: template('forced-thinking') },
      ]),
    },
    'always',
  ],
  ['a template that does not speak of it', { 'tokenizer_config.json': config(template('one-line')) }, null],
  ['a token alone, which no template uses', { 'tokenizer_config.json': config(undefined) }, null],
  ['a broken file', { 'tokenizer_config.json': '{' }, null],
  ['nothing', {}, null],
])('whether a model thinks: %s', async (_, files, thinks) => {
  expect(await thinksByTemplate(folder(files))).toBe(thinks);
});
