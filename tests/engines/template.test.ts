import { describe, expect, test } from 'vitest';
import { FailureError, sha256Hex } from '#domain';
import { readTemplate } from '../../src/engines/worker/description.ts';
import type { ModelFiles } from '../../src/engines/worker/files.ts';
import { chatTemplate, findTemplate, specialTokens } from '../../src/engines/worker/template.ts';

const hello = [{ role: 'user', content: 'hello' }] as const;

function render(source: string, tokens = {}): string {
  return chatTemplate(source, tokens).render(hello);
}

describe('a chat template', () => {
  test('gets the messages, the generation prompt and the special tokens', () => {
    const source =
      "{{ bos_token }}{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}{{ eos_token }}\n{% endfor %}" +
      '{% if add_generation_prompt %}<assistant>{% endif %}';
    const template = chatTemplate(source, { bos_token: '[B]', eos_token: '[E]' });
    expect(template.render(hello)).toBe('[B]<user>hello[E]\n<assistant>');
    expect(template.hash).toBe(sha256Hex(source));
  });

  test('cuts white space as the reference implementation does', () => {
    expect(render('{% for m in messages %}\n    {% if true %}\n{{ m.content }}\n    {% endif %}\n{% endfor %}')).toBe(
      'hello\n',
    );
  });

  test('sees the same date always', () => {
    expect(render("{{ strftime_now('%d %b %Y, %B %m, %H:%M') }}")).toBe('26 Jul 2024, July 07, 00:00');
  });

  test('keeps what a passage contains as it is', () => {
    const odd = '$& {{ braces }} {% if %} <|im_end|> \\n';
    const template = chatTemplate('{% for m in messages %}{{ m.content }}{% endfor %}', {});
    expect(template.render([{ role: 'user', content: odd }])).toBe(odd);
  });

  test('can count, with range', () => {
    expect(render('{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(1, 6, 2) %}{{ i }}{% endfor %}')).toBe(
      '012135',
    );
  });

  test.each([
    ['is no template', '{% if %}'],
    ['complains by itself', "{{ raise_exception('roles must alternate') }}"],
    ['calls what there is not', '{{ nothing(1) }}'],
  ])('that %s fails as template-invalid', (_, source) => {
    expect(() => render(source)).toThrow(FailureError);
    expect(() => render(source)).toThrow(/^template-invalid: .+/);
  });
});

describe('a template is found', () => {
  test.each([
    ['in the file, which wins', { chat_template: 'config' }, 'file', 'file'],
    ['in the configuration', { chat_template: 'config' }, null, 'config'],
    [
      'by name',
      {
        chat_template: [
          { name: 'tools', template: 't' },
          { name: 'default', template: 'd' },
        ],
      },
      null,
      'd',
    ],
  ])('%s', (_, config, file, expected) => {
    expect(findTemplate(config, file)).toBe(expected);
  });

  test.each([[{}], [{ chat_template: [] }], [{ chat_template: null }], [{ chat_template: [null] }]])(
    'nowhere in %j, and that is said',
    (config) => {
      expect(() => findTemplate(config, null)).toThrow(/^template-invalid: no chat_template/);
    },
  );
});

test.each([
  [
    'the file of its own',
    { 'chat_template.jinja': 'own', 'chat_template.json': '{"chat_template":"json"}' },
    'own',
    {},
  ],
  [
    'the tokenizer’s',
    { 'chat_template.json': '{"chat_template":"json"}' },
    'tokenizer',
    { chat_template: 'tokenizer' },
  ],
  ['a processor’s', { 'chat_template.json': '{"chat_template":"json"}' }, 'json', { chat_template: null }],
] as const)('a model’s template is %s where there are several', async (_, own, expected, config) => {
  const texts: Readonly<Record<string, string>> = { 'tokenizer_config.json': JSON.stringify(config), ...own };
  const files = {
    has: (path: string) => path in texts,
    text: (path: string) => Promise.resolve(texts[path] ?? ''),
  } as Partial<ModelFiles> as ModelFiles;
  expect((await readTemplate(files)).render([])).toBe(expected);
});

test('special tokens are texts or objects with their content', () => {
  const config = { bos_token: '<s>', eos_token: { content: '</s>', lstrip: false }, pad_token: null, other: 'x' };
  expect(specialTokens(config)).toEqual({ bos_token: '<s>', eos_token: '</s>' });
});
