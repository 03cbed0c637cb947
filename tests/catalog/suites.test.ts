import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInSuite, builtInSuites } from '#catalog';
import {
  askedAs,
  FailureError,
  LANGUAGES,
  messagesFor,
  passageText,
  sha256Hex,
  suiteHash,
  VARIANT_IDS,
  variantsOf,
} from '#domain';
import { readSuites } from '../../tools/suites/files.ts';
import { shortFile, SHORTS, shortSource } from '../../tools/suites/shorten.ts';
import { summariesSource, SUMMARIES } from '../../tools/suites/summarise.ts';

const files = readSuites();

describe('the catalogue of suites', () => {
  it('has a line for every file and a file for every line', () => {
    expect(builtInSuites.map((suite) => suite.id).sort()).toEqual(files.map((suite) => suite.id).sort());
  });

  it('has fresh summaries', async () => {
    expect(readFileSync(SUMMARIES, 'utf8')).toBe(await summariesSource(files));
  });

  it.each(builtInSuites)('loads $id with the hash and the counts that the list promises', async (entry) => {
    const suite = await entry.load();
    expect(suiteHash(suite)).toBe(entry.hash);
    expect(suite.items).toHaveLength(entry.itemCount);
    expect(new Set(suite.items.map((item) => item.language))).toEqual(new Set(entry.languages));
  });

  it.each(files)('renders every item of $id without a leftover placeholder', (suite) => {
    for (const item of suite.items) {
      const [message, ...others] = messagesFor(suite, item);
      expect(others).toEqual([]);
      expect(message?.content).toContain(item.question);
      expect(message?.content).not.toMatch(/\{(passage|question)\}/);
    }
  });

  describe.each(files.filter((suite) => suite.variants !== undefined))(
    'the ways in which $id can be asked',
    (suite) => {
      const others = variantsOf(suite).filter(({ id }) => id !== 'plain');

      it.each(others)('$id: one message for each item, with its question and a template of its own', ({ id }) => {
        for (const item of suite.items) {
          const [message, ...more] = messagesFor(suite, item, id);
          expect(more).toEqual([]);
          expect(message?.content).toContain(item.question);
          expect(message?.content).not.toMatch(/\{(passage|question)\}/);
          expect(message?.content).not.toBe(messagesFor(suite, item)[0]?.content);
          if (item.passage === undefined) continue;
          expect(message?.content.includes(passageText(suite, item.passage))).toBe(id !== 'closed-book');
        }
      });

      it('offers a larger budget for working step by step, and examples that are no items', () => {
        expect(askedAs(suite, 'step-by-step').maxTokens).toBeGreaterThan(4 * suite.maxTokens);
        const { prompt } = askedAs(suite, 'few-shot');
        for (const template of [prompt.withPassage, prompt.withoutPassage].flatMap((texts) => Object.values(texts))) {
          for (const { question } of suite.items) expect(template).not.toContain(question);
        }
      });
    },
  );

  it('offers every way for reading; for mathematics all but the one without the passages; plain alone for seed-003', () => {
    const offered = (id: string) =>
      builtInSuites.find((suite) => suite.id === id)?.variants.map((variant) => variant.id);
    for (const id of ['reading', 'reading-short']) expect(offered(id)).toEqual([...VARIANT_IDS]);
    const open = VARIANT_IDS.filter((id) => id !== 'closed-book');
    for (const id of ['mathematics', 'mathematics-short']) expect(offered(id)).toEqual(open);
    expect(offered('seed-003')).toEqual(['plain']);
  });

  it('asks at least 120 questions of mathematics: 24 in each tier, in every language, each with its solution', () => {
    const mathematics = files.find((suite) => suite.id === 'mathematics')!;
    expect(mathematics.items.length).toBeGreaterThanOrEqual(120);
    for (const tier of ['tier-1', 'tier-2', 'tier-3', 'tier-4', 'tier-5']) {
      const items = mathematics.items.filter((item) => item.tags.includes(tier));
      expect(items.length, tier).toBeGreaterThanOrEqual(24);
      expect(new Set(items.map((item) => item.language)).size, tier).toBe(LANGUAGES.length);
    }
    expect(mathematics.items.filter((item) => item.solution === undefined)).toEqual([]);
    expect(new Set(mathematics.items.map((item) => item.question)).size).toBe(mathematics.items.length);
  });

  describe('reading', () => {
    const reading = files.find((suite) => suite.id === 'reading')!;
    const tagged = (tag: string) => reading.items.filter((item) => item.tags.includes(tag));

    it('asks at least 120 items on at least 30 passages, each of which is asked about, in every language', () => {
      expect(reading.items.length).toBeGreaterThanOrEqual(120);
      expect(reading.passages.length).toBeGreaterThanOrEqual(30);
      expect(new Set(reading.items.map((item) => item.passage))).toEqual(new Set(reading.passages.map(({ id }) => id)));
      for (const language of LANGUAGES) {
        expect(reading.items.filter((item) => item.language === language).length).toBeGreaterThanOrEqual(30);
      }
    });

    it.each([
      ...['contract', 'notice', 'merged', 'missing', 'sections', 'scale', 'unit-asked'],
      ...['unanswerable', 'look-alike', 'other-year', 'negative', 'derived', 'long'],
    ])('asks about what is hard: %s, in more than one language', (tag) => {
      expect(new Set(tagged(tag).map((item) => item.language)).size).toBeGreaterThan(1);
    });

    it('has passages of more than 1,400 characters and says so', () => {
      const long = reading.passages.filter(({ text }) => text.length > 1_400).map(({ id }) => id);
      expect(long.length).toBeGreaterThanOrEqual(4);
      expect(new Set(tagged('long').map((item) => item.passage))).toEqual(new Set(long));
    });

    it('asks nothing that the tag unanswerable does not tell of, and nothing twice', () => {
      const open = reading.items.filter(({ gold }) => gold.value === 'unanswerable');
      expect(tagged('unanswerable')).toEqual(open);
      const asked = reading.items.map(({ passage, question }) => `${passage}: ${question}`);
      expect(new Set(asked).size).toBe(asked.length);
    });
  });
});

describe.each(Object.entries(SHORTS))('the short version of %s', (id, short) => {
  const suite = files.find((file) => file.id === id)!;
  const shortSuite = files.find((file) => file.id === `${id}-short`)!;

  it('is what the rule takes from the long one', async () => {
    expect(readFileSync(shortFile(suite), 'utf8')).toBe(await shortSource(suite, short));
  });

  it('has 20 items, balanced over languages and kinds, each as the long one asks it', () => {
    expect(shortSuite.items).toHaveLength(20);
    for (const item of shortSuite.items) expect(suite.items).toContainEqual(item);
    const languages = LANGUAGES.map((wanted) => shortSuite.items.filter(({ language }) => language === wanted).length);
    const kindOf = (tags: readonly string[]) => short.kinds.find((kind) => tags.includes(kind));
    const kinds = short.kinds.map((wanted) => shortSuite.items.filter(({ tags }) => kindOf(tags) === wanted).length);
    for (const counts of [languages, kinds]) {
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    expect(shortSuite.items.some((item) => item.tags.includes('long'))).toBe(false);
  });
});

describe('builtInSuite', () => {
  const [entry] = builtInSuites;
  if (entry === undefined) throw new Error('no suite in the catalogue');

  function codeOf(fetchJson: () => Promise<{ default: unknown }>): Promise<unknown> {
    return builtInSuite(entry!, fetchJson)
      .load()
      .catch((thrown: unknown) => (thrown instanceof FailureError ? thrown.failure.code : thrown));
  }

  it('refuses a file that is not the one of the list', async () => {
    const suite = await entry.load();
    expect(await codeOf(() => Promise.resolve({ default: { ...suite, version: '9.9.9' } }))).toBe('file-corrupt');
    expect(await codeOf(() => Promise.resolve({ default: { ...suite, items: 1 } }))).toBe('file-corrupt');
  });

  it('calls a file that does not come a network failure', async () => {
    expect(await codeOf(() => Promise.reject(new TypeError('offline')))).toBe('network');
  });
});

describe('seed-003', () => {
  /** Of the text inside the fence of the seed document, 946 bytes. */
  const PROMPT_SHA256 = '327a5a142255c4f6e92744aa4555d2deb95fc9daf56df0213585e95b300994b8';
  const document = new URL('../../../shared/seeds/003_0bebd205ae7bb998.txt', import.meta.url);

  const suite = files.find(({ id }) => id === 'seed-003');
  if (suite?.items[0] === undefined) throw new Error('seed-003 is missing');
  const messages = messagesFor(suite, suite.items[0]);

  it('sends one user message with the bytes of the document and no system text', () => {
    expect(messages.map(({ role }) => role)).toEqual(['user']);
    expect(sha256Hex(messages[0]!.content)).toBe(PROMPT_SHA256);
  });

  it.skipIf(!existsSync(document))('equals the fenced prompt of the document (skipped where it is absent)', () => {
    const [, fenced] = /\n```\n([^]*?)\n```\n/.exec(readFileSync(document, 'utf8')) ?? [];
    expect(messages[0]?.content).toBe(fenced);
  });
});
