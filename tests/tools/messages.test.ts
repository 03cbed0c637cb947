import { expect, test } from 'vitest';
import { messageProblems, type MessageCatalogue } from '../../tools/checks/messages.ts';

const plural = (one: string, other: string) => [
  {
    declarations: ['input n', 'local count = n: plural'],
    selectors: ['count'],
    match: { 'count=one': one, 'count=other': other },
  },
];

/** Two complete languages, with `change` made to their files. */
function catalogue(change: { en?: object; zh?: object; zhFiles?: object; source?: string } = {}): MessageCatalogue {
  return {
    languages: {
      en: {
        'run.json': {
          run_start: 'Start',
          run_of: 'of {total}',
          run_items: plural('{n} item', '{n} items'),
          ...change.en,
        },
      },
      zh: {
        'run.json': { run_start: '开始', run_of: '共 {total}', run_items: '{n} 道题', ...change.zh },
        ...change.zhFiles,
      },
    },
    listed: ['run.json'],
    source: change.source ?? 'm.run_start() m.run_of({ total }) m.run_items({ n })',
  };
}

test('two complete languages have no problem', () => {
  expect(messageProblems(catalogue())).toEqual([]);
});

test.each([
  [
    'a key only in English',
    { en: { run_more: 'More' }, source: 'm.run_start m.run_of m.run_items m.run_more' },
    'zh/run.json: run_more is missing.',
  ],
  ['a key only in Chinese', { zh: { run_more: '更多' } }, 'en/run.json: run_more is missing.'],
  ['another parameter', { zh: { run_of: '共 {all}' } }, 'zh/run.json: run_of takes {all}, in en {total}.'],
  ['a parameter less', { zh: { run_items: '若干道题' } }, 'zh/run.json: run_items takes {}, in en {n}.'],
  ['an empty text', { zh: { run_start: ' ' } }, 'zh/run.json: run_start is empty.'],
  ['an empty form', { en: { run_items: plural('', '{n} items') } }, 'en/run.json: run_items is empty.'],
  [
    'a key that nobody uses',
    { source: 'm.run_start() m.run_of() // run_items' },
    'en/run.json: run_items is used nowhere.',
  ],
  ['a file that the settings do not list', { zhFiles: { 'new.json': {} } }, 'zh/new.json is not listed'],
  [
    'a key in two files',
    { zhFiles: { 'two.json': { run_start: '启动' } } },
    'zh/two.json: run_start is in run.json too',
  ],
  ['a number for a text', { en: { run_start: 3 } }, 'en/run.json: run_start is neither a text nor a list of forms.'],
])('%s is found', (_, change, problem) => {
  expect(messageProblems(catalogue(change)).join('\n')).toContain(problem);
});
