import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, decodeSuite, suiteHash, suiteRef, SUITE_LIMITS, SUITE_PROBLEM_CODES } from '#domain';

/** A suite with one item on a passage and one without: the smallest that uses every part. */
function valid() {
  return {
    format: 'tabeval-suite',
    schema: 1,
    id: 'mine',
    version: '1.0.0',
    kind: 'custom',
    title: { en: 'Mine', zh: '我的' },
    description: { en: 'Two questions', zh: '两道题' },
    licence: 'CC0-1.0',
    prompt: {
      system: { en: 'Be brief.' },
      withPassage: { en: '{passage}\n{question}' },
      withoutPassage: { 'zh-Hans': '{question}' },
    },
    maxTokens: 32,
    passages: [{ id: 'p1', language: 'en', text: 'The gate is green.' }],
    items: [
      {
        id: 'a',
        language: 'en',
        passage: 'p1',
        question: 'Which colour is the gate?',
        gold: { value: 'green', unit: 'text', aliases: ['Green'] },
        proof: { kind: 'span', span: 'green' },
        tags: ['text'],
      },
      {
        id: 'b',
        language: 'zh-Hans',
        question: '二加二？',
        gold: { value: '4', unit: '' },
        proof: { kind: 'expression', expression: '2+2' },
        tags: [],
      },
    ],
  };
}

type Draft = ReturnType<typeof valid>;

/** The valid suite with one change, as the problems that it gives: "path: code". */
function problemsAfter(change: (draft: Draft) => unknown): readonly string[] {
  const draft = valid();
  const decoded = decodeSuite(change(draft) ?? draft);
  return decoded.ok ? [] : decoded.problems.map(({ path, code }) => `${path}: ${code}`);
}

/** A change of type that the draft's own types forbid. */
function set(target: object, key: string, value: unknown): void {
  Object.assign(target, { [key]: value });
}

describe('decodeSuite', () => {
  it('gives a fresh, equal suite', () => {
    const input = valid();
    const decoded = decodeSuite(input);
    expect(decoded).toEqual({ ok: true, suite: input });
    if (!decoded.ok) return;
    expect(decoded.suite.items[0]).not.toBe(input.items[0]);
    expect(decoded.suite.items[0]?.gold.aliases).not.toBe(input.items[0]?.gold.aliases);
  });

  it.each<[string, (draft: Draft) => unknown]>([
    ['items[1].id: duplicate-id', (d) => set(d.items[1]!, 'id', 'a')],
    ['passages[1].id: duplicate-id', (d) => void d.passages.push(d.passages[0]!)],
    ['items[0].passage: passage-missing', (d) => set(d.items[0]!, 'passage', 'p2')],
    ['prompt.withoutPassage: template-missing', (d) => set(d.items[1]!, 'language', 'en')],
    ['prompt.withPassage.en: placeholder-missing', (d) => set(d.prompt.withPassage, 'en', '{question}')],
    ['items[1].proof: proof-needs-passage', (d) => set(d.items[1]!, 'proof', { kind: 'absent', absent: 'x' })],
    ['items[0].gold.aliases: aliases-without-text', (d) => set(d.items[0]!.gold, 'unit', '')],
    ['maxTokens: out-of-range', (d) => set(d, 'maxTokens', 0)],
    ['maxTokens: out-of-range', (d) => set(d, 'maxTokens', SUITE_LIMITS.maxTokens + 1)],
    ['maxTokens: out-of-range', (d) => set(d, 'maxTokens', 1.5)],
    ['items: empty', (d) => set(d, 'items', [])],
    ['items: too-many', (d) => set(d, 'items', Array(SUITE_LIMITS.items + 1).fill(d.items[0]))],
    // 3 bytes each in UTF-8: the cap counts bytes.
    ['passages[0].text: too-long', (d) => set(d.passages[0]!, 'text', '文'.repeat(SUITE_LIMITS.textBytes / 3 + 1))],
    ['format: not-allowed', (d) => set(d, 'format', 'other')],
    ['schema: not-allowed', (d) => set(d, 'schema', 2)],
    ['items[0].language: not-allowed', (d) => set(d.items[0]!, 'language', 'fr')],
    ['items[0].proof.kind: not-allowed', (d) => set(d.items[0]!, 'proof', { kind: 'hope' })],
    ['title.zh: missing', (d) => set(d, 'title', { en: 'Mine' })],
    ['items[0].gold.value: wrong-type', (d) => set(d.items[0]!.gold, 'value', 4)],
    ['items[0].golden: unknown-key', (d) => set(d.items[0]!, 'golden', 1)],
    ['id: bad-id', (d) => set(d, 'id', '../x')],
    ['items[0].constructor: forbidden-key', (d) => set(d.items[0]!, 'constructor', 1)],
    [': wrong-type', () => 'text'],
    [': wrong-type', () => 42],
  ])('says %s', (problem, change) => {
    expect(problemsAfter(change)).toEqual([problem]);
  });

  it('refuses a __proto__ key, which only parsed JSON can have', () => {
    const json = JSON.stringify(valid()).replace('"format"', '"__proto__":{"polluted":1},"format"');
    const decoded = decodeSuite(JSON.parse(json));
    expect(decoded).toEqual({ ok: false, problems: [{ path: '__proto__', code: 'forbidden-key', params: {} }] });
  });

  it('refuses a nesting without end instead of overflowing the stack', () => {
    const endless: unknown[] = [];
    endless.push(endless);
    expect(problemsAfter(() => endless)).toEqual([expect.stringMatching(/: too-deep$/)]);
  });

  it('quotes at most 60 characters of a foreign value', () => {
    const decoded = decodeSuite({ ...valid(), format: 'x'.repeat(10_000) });
    const [problem] = decoded.ok ? [] : decoded.problems;
    expect(problem?.params.received).toMatch(/^.{60}…$/);
  });

  it('never throws and never passes what is not a suite', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(decodeSuite(input).ok).toBe(false);
      }),
    );
  });
});

describe('suiteHash', () => {
  function decoded(change: (draft: Draft) => unknown = () => undefined) {
    const draft = valid();
    change(draft);
    const result = decodeSuite(draft);
    if (!result.ok) throw new Error(canonicalJson(result.problems));
    return result.suite;
  }

  it('does not depend on the order of keys', () => {
    const shuffled = Object.fromEntries(Object.entries(valid()).reverse());
    const result = decodeSuite(shuffled);
    expect(result.ok && suiteHash(result.suite)).toBe(suiteHash(decoded()));
  });

  it('changes with every text', () => {
    const other = decoded((d) => set(d.items[0]!, 'question', 'Which color is the gate?'));
    expect(suiteHash(other)).not.toBe(suiteHash(decoded()));
  });

  it('is part of what a run says about its suite', () => {
    const suite = decoded();
    expect(suiteRef(suite)).toEqual({ id: 'mine', version: '1.0.0', hash: suiteHash(suite), title: suite.title });
  });
});

describe('every code of a problem', () => {
  it.each(['en', 'zh'])('has a sentence in %s that uses only what the problem says', (language) => {
    const file = new URL(`../../messages/${language}/failures.json`, import.meta.url);
    const sentences = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
    const params = /\{(?!path|expected|received|most|id|language|placeholder|kind)\w*\}/;
    for (const code of SUITE_PROBLEM_CODES) {
      const sentence = sentences[`suite_problem_${code.replaceAll('-', '_')}`];
      expect(sentence, code).toBeTypeOf('string');
      expect(sentence).not.toMatch(params);
    }
  });
});
