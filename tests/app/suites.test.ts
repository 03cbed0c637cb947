import { beforeEach, describe, expect, it } from 'vitest';
import { decodeSuite, suiteHash, type Suite } from '#domain';
import { memorySuiteStore } from '#storage';
import { inspectFile } from '../../src/sharing/suites/inspect.ts';
import type { SuiteImporter } from '../../src/sharing/suites/importer.ts';
import { previewSuite, readSuite } from '../../src/sharing/suites/read.ts';
import { SuiteDraft } from '../../src/app/suiteDraft.svelte.ts';
import { blankSuite } from '../../src/app/suiteParts.ts';
import { SuiteImportFlow } from '../../src/app/suiteImport.svelte.ts';
import { Suites } from '../../src/app/suites.svelte.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const suite = sampleSuite();
let rows: Parameters<typeof memorySuiteStore>[0];
let suites: Suites;

async function visit(builtIn: readonly Suite[] = []): Promise<void> {
  const offered = new Suites([]);
  suites = new Suites(
    builtIn.map((one) => offered.add(one)),
    { store: memorySuiteStore(rows), now: () => '2026-03-01T09:00:00.000Z' },
  );
  await suites.refresh();
}

beforeEach(async () => {
  rows = new Map();
  await visit();
});

describe('own suites', () => {
  it('are there after a reload, with their texts', async () => {
    const entry = await suites.keep(suite);
    await visit();
    expect(suites.own.map(({ hash }) => hash)).toEqual([entry.hash]);
    expect(await suites.own[0]?.load()).toEqual(suite);
  });

  it('are not kept twice, and never take the place of another one of their id', async () => {
    await visit([suite]);
    expect(suites.isBuiltIn((await suites.keep(suite)).hash)).toBe(true);
    const other = await suites.keep({ ...suite, version: '9' });
    const third = await suites.keep({ ...suite, version: '10' });
    expect([other.id, third.id]).toEqual(['reading-2', 'reading-3']);
    expect(suites.own).toHaveLength(2);
    await suites.remove('reading-2');
    await visit([suite]);
    expect(suites.own.map(({ id }) => id)).toEqual(['reading-3']);
  });
});

/** The importer without its worker: what it does in there is the same code. */
const direct: SuiteImporter = {
  inspect: (file, writing) => inspectFile(file, writing),
  preview: (file, options) => previewSuite(file, options),
  read: (file, options, onBytes) => readSuite(file, options, onBytes),
};

describe('an import', () => {
  const file = new File(['q,a\nOne?,1\n,2\nThree?,3\n'], 'mine.csv');
  const flow = (): SuiteImportFlow => new SuiteImportFlow(suites, () => Promise.resolve(direct));

  it('goes from the file over the mapping to a stored suite', async () => {
    const importing = flow();
    await importing.open(file);
    expect(importing.state).toMatchObject({
      kind: 'choosing',
      options: { format: 'table', columns: { question: 'q', answer: 'a' }, title: 'mine' },
      preview: { kind: 'ready', value: [{ ok: true }, { ok: false }, { ok: true }] },
    });
    await importing.change({ title: '我的题目' });
    await importing.read();
    expect(importing.state).toMatchObject({
      kind: 'read',
      result: { kind: 'read', report: { found: 2, skipped: { 'field-missing': 1 }, problems: [{ line: 3 }] } },
    });
    const entry = await importing.add();
    expect(entry).toMatchObject({ id: '我的题目', itemCount: 2 });
    expect(importing.state.kind).toBe('idle');
    await visit();
    expect(suites.own).toHaveLength(1);
  });

  it('that is cancelled leaves nothing, and the file can be chosen again', async () => {
    const importing = flow();
    await importing.open(file);
    const reading = importing.read();
    expect(importing.state.kind).toBe('reading');
    await importing.back();
    await reading;
    expect(importing.state.kind).toBe('choosing');
    importing.close();
    expect(importing.state).toEqual({ kind: 'idle' });
    expect(suites.own).toEqual([]);
  });

  it('says what is wrong with an empty file', async () => {
    const importing = flow();
    await importing.open(new File([], 'nothing.csv'));
    expect(importing.state).toMatchObject({ kind: 'unreadable', what: 'empty' });
  });
});

describe('a draft', () => {
  it('is wrong until it is filled in, then is stored, and comes back equal', async () => {
    const draft = new SuiteDraft(blankSuite('mine', 'Mine', 'en'), null);
    expect(draft.problems.map(({ path }) => path)).toEqual(['items[0].question', 'items[0].gold.value']);
    expect(await draft.save(suites)).toBe(false);
    draft.changeItem(0, { question: 'Where?', gold: { value: 'Here', unit: 'text' } });
    expect(draft.problems).toEqual([]);
    expect(await draft.save(suites)).toBe(true);
    expect(draft.changed).toBe(false);
    await visit();
    expect(await suites.own[0]?.load()).toEqual(draft.suite);
  });

  it('raises the version with the first change after it was stored, once', async () => {
    const draft = new SuiteDraft(suite, suite);
    expect([draft.changed, draft.nextVersion]).toEqual([false, '1.0.0']);
    draft.changeItem(1, { question: 'What is 8 times 7?' });
    expect(draft.nextVersion).toBe('1.0.1');
    draft.changeItem(1, { question: 'What is 9 times 7?', gold: { value: '63', unit: '' } });
    await draft.save(suites);
    expect(draft.suite.version).toBe('1.0.1');
    expect(suites.own.map(({ version, hash }) => [version, hash])).toEqual([['1.0.1', suiteHash(draft.suite)]]);
  });

  it('keeps what fits together: passages, templates, aliases, proofs', () => {
    const draft = new SuiteDraft(suite, suite);
    const at = draft.duplicateItem(2);
    expect(draft.suite.items[at]).toMatchObject({ id: 'q-4', passage: 'cat' });
    draft.changePassage(2, 'The cat sleeps in the sun.');
    expect(draft.suite.passages).toMatchObject([{ id: 'cat', text: 'The cat sleeps in the sun.' }]);
    draft.changePassage(0, '貓在屋頂。');
    expect(draft.suite.items[0]?.passage).toBe('p-2');
    expect(draft.suite.prompt.withPassage['zh-Hant']).toContain('{passage}');
    draft.changeItem(2, { gold: { value: '5', unit: '', aliases: ['five'] } });
    expect(draft.suite.items[2]).toMatchObject({ gold: { value: '5', unit: '' }, proof: { kind: 'stated' } });
    expect(draft.suite.items[2]?.gold.aliases).toBeUndefined();
    expect(decodeSuite(draft.suite)).toEqual({ ok: true, suite: draft.suite });
  });

  it('can be asked in all its variants when an item of a new kind is added', () => {
    const { withPassage, withoutPassage } = suite.prompt;
    const prompt = { withPassage: { en: '{passage} {question}' }, withoutPassage };
    const variants = [
      { id: 'step-by-step', prompt, maxTokens: 256 },
      { id: 'closed-book', prompt: { withoutPassage }, maxTokens: 64 },
    ] as const;
    const draft = new SuiteDraft({ ...suite, prompt: { withPassage, withoutPassage }, variants }, null);
    draft.changeItem(0, { language: 'zh-Hans' });
    expect(draft.problems).toEqual([]);
    expect(draft.suite.variants?.[1]?.prompt.withoutPassage['zh-Hans']).toContain('{question}');
    expect(draft.suite.variants?.[1]?.prompt).not.toHaveProperty('withPassage');
  });

  it('gives a removed item back, with its passage', () => {
    const draft = new SuiteDraft(suite, suite);
    draft.removeItem(2);
    expect(draft.suite.passages).toEqual([]);
    expect(draft.canUndo).toBe(true);
    draft.undo();
    expect(draft.suite).toEqual(suite);
    expect(draft.changed).toBe(false);
  });

  it('takes steps back and does them again; what is typed into one field is one step', () => {
    const draft = new SuiteDraft(suite, suite);
    for (const question of ['W', 'Wh', 'Why?']) draft.changeItem(0, { question });
    draft.moveItem(0, 1);
    const ids = (): readonly string[] => draft.suite.items.map(({ id }) => id);
    const [first = '', second = ''] = suite.items.map(({ id }) => id);
    expect(ids().slice(0, 2)).toEqual([second, first]);
    draft.removeItem(0);
    draft.undo();
    draft.undo();
    expect(ids()).toEqual(suite.items.map(({ id }) => id));
    expect(draft.suite.items[0]?.question).toBe('Why?');
    draft.undo();
    expect(draft.suite).toEqual(suite);
    expect(draft.canUndo).toBe(false);
    draft.redo();
    draft.redo();
    expect(ids().slice(0, 2)).toEqual([second, first]);
    draft.changeItem(0, { question: 'Else?' });
    expect(draft.canRedo).toBe(false);
    expect(draft.moveItem(0, -1)).toBe(0);
  });

  it('has everything that the format has, and comes back equal', () => {
    const draft = new SuiteDraft(suite, suite);
    const proof = suite.items[1]?.proof;
    draft.changeSolution(1, '7 × 8 = 56');
    draft.changeItem(1, { tags: ['tables'] });
    // Neither says another answer: the proof still holds.
    expect(draft.suite.items[1]).toMatchObject({ solution: '7 × 8 = 56', tags: ['tables'], proof });
    draft.changeItem(1, { choices: ['56', '65'], gold: { value: 'A', unit: 'choice' } });
    expect(draft.suite.items[1]).toMatchObject({ choices: ['56', '65'], proof: { kind: 'stated' } });
    draft.changePrompt('system', 'en', 'Be brief.');
    draft.addVariant('step-by-step');
    draft.addVariant('step-by-step');
    draft.addVariant('closed-book');
    draft.changePrompt('withoutPassage', 'en', 'Think. {question}', 'step-by-step');
    draft.changePrompt('withoutPassage', 'en', 'By heart: {question}', 'closed-book');
    draft.changeVariantTokens('step-by-step', 512);
    const [steps, closed] = draft.suite.variants ?? [];
    expect(steps).toMatchObject({ maxTokens: 512, prompt: { withoutPassage: { en: 'Think. {question}' } } });
    expect(closed?.prompt).toMatchObject({
      system: { en: 'Be brief.' },
      withoutPassage: { en: 'By heart: {question}' },
    });
    expect(closed?.prompt).not.toHaveProperty('withPassage');
    expect(draft.problems).toEqual([]);
    expect(decodeSuite(JSON.parse(JSON.stringify(draft.suite)))).toEqual({ ok: true, suite: draft.suite });
    draft.removeVariant('step-by-step');
    draft.removeVariant('closed-book');
    draft.changePrompt('system', 'en', '');
    draft.changeSolution(1, '');
    expect(draft.suite).not.toHaveProperty('variants');
    expect(draft.suite.prompt).not.toHaveProperty('system');
    expect(draft.suite.items[1]).not.toHaveProperty('solution');
  });

  it('names a template without its placeholder', () => {
    const draft = new SuiteDraft(suite, suite);
    draft.changePrompt('withPassage', 'en', '{question}');
    expect(draft.problems).toMatchObject([
      { path: 'prompt.withPassage.en', code: 'placeholder-missing', params: { placeholder: '{passage}' } },
    ]);
  });
});
