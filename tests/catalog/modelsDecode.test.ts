import { describe, expect, test } from 'vitest';
import json from '../../src/catalog/models/models.json' with { type: 'json' };
import { decodeCatalogue } from '../../src/catalog/models/decode.ts';

interface Editable {
  [key: string]: unknown;
}

/** The shipped file with one change. */
function edited(change: (catalogue: Editable & { models: Editable[] }) => void): unknown {
  const copy = structuredClone(json) as unknown as Editable & { models: Editable[] };
  change(copy);
  return copy;
}

describe('decodeCatalogue', () => {
  test('takes the shipped file', () => {
    expect(decodeCatalogue(json).models.length).toBe(json.models.length);
  });

  test.each<[string, unknown, string]>([
    ['no object', 'x', 'Expected Object'],
    ['another format', edited((c) => (c.format = 'tabeval-suite')), 'format'],
    ['a later schema', edited((c) => (c.schema = 2)), 'schema'],
    ['no models', edited((c) => (c.models = [])), 'models'],
    ['an unknown kind', edited(({ models: [m] }) => (m!.kind = 'vision')), 'models.0.kind'],
    ['a field that is not in the schema', edited(({ models: [m] }) => (m!.score = 1)), 'models.0.score'],
    ['0 for a value that is not known', edited(({ models: [m] }) => ((m!.context as Editable).value = 0)), 'context'],
    ['an address without https', edited((c) => ((c.sources as Editable).x = { title: 'x', url: 'http://x.org' })), 'x'],
    ['the same model twice', edited(({ models }) => models.push(models[0]!)), 'twice'],
    ['a source that is not listed', edited(({ models: [m] }) => ((m!.licence as Editable).sources = ['x'])), '"x"'],
    ['a value without a source', edited(({ models: [m] }) => ((m!.licence as Editable).sources = [])), 'no source'],
    ['a half commit', edited(({ models: [m] }) => ((m!.builds as Editable[])[0]!.revision = 'abc')), 'revision'],
  ])('names what is wrong with %s', (_, input, word) => {
    expect(() => decodeCatalogue(input)).toThrow(/^file-corrupt: model catalogue: /);
    expect(() => decodeCatalogue(input)).toThrow(word);
  });
});
