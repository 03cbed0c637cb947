import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { countVerdicts, type LinkProblem, type RunHeader, type SharedRun } from '#domain';
import { decodeLink, LONGEST_LINK, sharedRun, shareFacts, shareLink } from '#sharing';
import { arbitraryRun } from '../fixtures/arbitraryRun.ts';
import { sampleHeader } from '../fixtures/sampleRun.ts';
import { isLinkText, linkText } from '../../src/sharing/linkText.ts';

const FIRST_LINK =
  '1.TPauqnWPOU7DQBiFrxK9-rf5__GSpQQJESlpIAXCcuHY42EkL2FssxwAakp6CkoOwIEIt0BOAQVCX_f09JYkgdNZYRsDgvjsMwjZ9hcQzn8MXy-P-_ePz-en_dsrCCou81KVEhZBgJQSnA3G2MacZrneHB9d1G21WitPgmjtLZuud0Peg_CfXrZVod24Q5WFisrpNIhjEHqXNV3Zulq7DoSbECQyY-ZZLGPrnd6a3fDXGPqBLyCcXLu21hMJFQgr2wz3oAS26XUFgtGNJ6ragbB0tptc6sOV26yyBSgg9pk5TEfNOK2LB9A8TikREuIDkhJy64-hilXsceCxbHi-YF4wX4FE-RHFQjKPOE2_AQ';

/** The tests with random input take two seconds; on a machine busy with other tests they took ten times as long. */
const PATIENCE = 60_000;

const ADDRESS = 'https://someone.example.org/tabeval/';

test('a link opens to the same run, whatever the run', { timeout: PATIENCE }, async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRun(), async ({ header }) => {
      const { url, kept } = await shareLink(header, ADDRESS);
      expect(url.length).toBeLessThanOrEqual(LONGEST_LINK);
      expect(url.startsWith(`${ADDRESS}#/shared/1.`)).toBe(true);
      const decoded = await decodeLink(payloadIn(url));
      if (kept === 'everything') expect(decoded).toEqual({ ok: true, run: sharedRun(header) });
      else expect(decoded).toMatchObject({ ok: true, run: { verdicts: null, counts: countVerdicts(header.verdicts) } });
    }),
    { numRuns: 300 },
  );
});

test('a link that was made by the first version opens for ever', async () => {
  expect(await decodeLink(FIRST_LINK)).toEqual({
    ok: true,
    run: sharedRun({ ...sampleHeader(), verdicts: 'ci.', seconds: 12.5, decodedTokens: 61, decodeMs: 1_950 }),
  });
});

test('a link says how the items were asked; one to a plain run stays as the first version made it', async () => {
  const header = { ...sampleHeader(), spec: { ...sampleHeader().spec, promptVariant: 'few-shot' as const } };
  const decoded = await decodeLink(payloadIn((await shareLink(header, ADDRESS)).url));
  expect(decoded).toMatchObject({ ok: true, run: { promptVariant: 'few-shot' } });
  const first = sampleHeader({ verdicts: 'ci.', seconds: 12.5, decodedTokens: 61, decodeMs: 1_950 });
  expect(payloadIn((await shareLink(first, ADDRESS)).url)).toBe(FIRST_LINK);
});

describe('what fits into a link', () => {
  test('an ordinary run with its verdicts, well below the limit', async () => {
    const { url, kept } = await shareLink(withItems(24), ADDRESS);
    expect(kept).toBe('everything');
    expect(url.length).toBeLessThan(700);
  });

  test.each([300, 1_000])('%i items of random verdicts', async (items) => {
    const header = withItems(items);
    const { url, kept } = await shareLink(header, ADDRESS);
    expect(kept).toBe('everything');
    expect(await decodeLink(payloadIn(url))).toMatchObject({ run: { verdicts: header.verdicts } });
  });

  test('with too many items the counts without the verdicts, and it says so', async () => {
    const header = withItems(8_000);
    const { url, kept } = await shareLink(header, ADDRESS);
    expect(kept).toBe('no-verdicts');
    expect(url.length).toBeLessThanOrEqual(LONGEST_LINK);
    const expected = { ...sharedRun(header), verdicts: null };
    expect(await decodeLink(payloadIn(url))).toEqual({ ok: true, run: expected });
  });

  test('up to the last character and not one more', async () => {
    const lengths: number[] = [];
    for (let items = 2_300; items <= 3_000; items += 10) {
      const { url, kept } = await shareLink(withItems(items), ADDRESS);
      if (kept === 'everything') lengths.push(url.length);
    }
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1_800);
    expect(Math.max(...lengths)).toBeGreaterThan(1_780);
    expect(lengths.length).toBeLessThan(71);
  });

  test('a text is cut between characters, not within one', () => {
    expect(linkText('评测😀😀', 4)).toBe('评测…');
    expect(linkText('评测😀😀', 5)).toBe('评测😀…');
    expect(linkText('评测😀😀', 6)).toBe('评测😀😀');
  });

  test('the longest texts on the longest address, cut, and it says so', async () => {
    const header = mapTexts(withItems(24), (_, n) => hanzi(400, n));
    const { url, kept } = await shareLink(header, `https://example.org/${'p'.repeat(380)}`);
    expect(kept).toBe('no-verdicts-shorter-texts');
    expect(url.length).toBeLessThanOrEqual(LONGEST_LINK);
    const decoded = await decodeLink(payloadIn(url));
    expect(decoded).toMatchObject({ ok: true, run: { counts: countVerdicts(header.verdicts), verdicts: null } });
    expect(decoded.ok && decoded.run.model.name.endsWith('…')).toBe(true);
  });

  test('no disguise: controls and turned writing are gone from what is sent', async () => {
    const header = mapTexts(sampleHeader(), (text) => `\u202e${text}\u0000\ud800\n`);
    const { url } = await shareLink(header, ADDRESS);
    expect(await decodeLink(payloadIn(url))).toEqual({ ok: true, run: sharedRun(sampleHeader()) });
  });
});

describe('a link that is refused says why', () => {
  const valid = async (): Promise<string> => payloadIn((await shareLink(withItems(24), ADDRESS)).url);
  const problemOf = async (payload: string): Promise<LinkProblem | null> => {
    const decoded = await decodeLink(payload);
    return decoded.ok ? null : decoded.problem;
  };

  test('too long, before anything is read', async () => {
    const payload = `1.${'A'.repeat(8_191)}`;
    expect(await problemOf(payload)).toEqual({ code: 'too-long', length: 8_193, limit: 8_192 });
  });

  test.each(['', '1', '.', 'x.abc', '-1.abc', '0.abc', '01.abc', '1e3.abc', '1234567.abc'])(
    'no version: %j',
    async (payload) => {
      expect(await problemOf(payload)).toEqual({ code: 'no-version' });
    },
  );

  test('made by a newer version', async () => {
    expect(await problemOf(`2.${(await valid()).slice(2)}`)).toEqual({ code: 'newer-version', found: 2, known: 1 });
  });

  test.each(['1.+/==', '1.ab cd', '1.A', '1.%41', '1.ab\nab', '1.中文'])('not base64url: %j', async (payload) => {
    expect(await problemOf(payload)).toEqual({ code: 'not-base64' });
  });

  test('not a deflate stream, or the half of one', async () => {
    const whole = await valid();
    expect(await problemOf('1.')).toEqual({ code: 'not-deflate' });
    expect(await problemOf('1._____w')).toEqual({ code: 'not-deflate' });
    expect(await problemOf(whole.slice(0, 2 + 4 * Math.floor(whole.length / 8)))).toEqual({ code: 'not-deflate' });
  });

  test('a bomb: it is stopped at the limit and not unpacked', async () => {
    const payload = pack(new Uint8Array(6_000_000));
    expect(payload.length).toBeLessThan(8_192);
    const before = performance.now();
    expect(await problemOf(payload)).toEqual({ code: 'bomb', limit: 65_536 });
    expect(performance.now() - before).toBeLessThan(500);
  });

  test.each<[string, unknown]>([
    ['not UTF-8', new Uint8Array([0xff, 0xfe])],
    ['not JSON', new TextEncoder().encode('[1,')],
    ['nested without end', new TextEncoder().encode('['.repeat(60_000))],
    ['null', null],
    ['an object', { suite: [] }],
    ['an object with a forged prototype', new TextEncoder().encode('{"__proto__":{"length":7}}')],
    ['an empty list', []],
  ])('of another shape: %s', async (_, content) => {
    expect(await problemOf(pack(content))).toMatchObject({ code: 'wrong-shape' });
  });

  test.each<[string, (lists: Lists) => void]>([
    ['a text that is too long', (lists) => lists[1].splice(1, 1, 'x'.repeat(201))],
    ['a text that turns the writing', (lists) => lists[1].splice(1, 1, 'gpt\u202e4-tpg')],
    ['an unknown device', (lists) => lists[2].splice(0, 1, 'tpu')],
    ['a key for a place', (lists) => lists[2].splice(1, 1, { toString: 'x' })],
    ['one value too many', (lists) => lists[3].push('more')],
    ['a count below zero', (lists) => lists[4].splice(0, 1, -1)],
    ['a count that is no number', (lists) => lists[4].splice(0, 1, '13')],
    ['a day that does not exist', (lists) => lists[6].splice(0, 1, '2026-13-45T00:00:00Z')],
    ['endless seconds', (lists) => lists[6].splice(1, 1, null)],
  ])('of another shape: %s', async (_, change) => {
    const lists = await listsOf(withItems(24));
    change(lists);
    expect(await problemOf(pack(lists))).toMatchObject({ code: 'wrong-shape' });
  });

  test('counts that are not those of the verdicts', async () => {
    const lists = await listsOf(withItems(24));
    const [correct, incorrect] = lists[4];
    lists[4].splice(0, 2, Number(correct) + 1, Number(incorrect) - 1);
    expect(await problemOf(pack(lists))).toEqual({ code: 'counts-disagree' });
  });
});

describe(
  'fuzz: whatever comes in, the answer is a run of the right shape or a typed problem',
  { timeout: PATIENCE },
  () => {
    const CODES = [
      'too-long',
      'no-version',
      'newer-version',
      'not-base64',
      'not-deflate',
      'bomb',
      'wrong-shape',
      'counts-disagree',
    ];
    const check = async (payload: string): Promise<SharedRun | null> => {
      const decoded = await decodeLink(payload);
      if (decoded.ok) expectSound(decoded.run);
      else expect(CODES).toContain(decoded.problem.code);
      return decoded.ok ? decoded.run : null;
    };
    const base64url = fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189-_'), maxLength: 200 });

    test('any text, and any base64url', async () => {
      const text = fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        base64url.map((packed) => `1.${packed}`),
      );
      await fc.assert(
        fc.asyncProperty(text, async (payload) => void (await check(payload))),
        { numRuns: 1_000 },
      );
    });

    test('a valid link with characters replaced, removed, doubled: never another run', async () => {
      const valid = payloadIn((await shareLink(withItems(24), ADDRESS)).url);
      const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(2), base64url), { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(edits, async (changes) => {
          let payload = valid;
          for (const [at, kind, text] of changes) {
            const insert = kind === 0 ? text.slice(0, 1) : kind === 1 ? '' : payload.slice(at, at + 2);
            payload = payload.slice(0, at) + insert + payload.slice(at + 1);
          }
          const run = await check(payload);
          if (run !== null) expect(run).toEqual(sharedRun(withItems(24)));
        }),
        { numRuns: 1_500 },
      );
    });

    test('the right packing around any JSON, and around a run with one value replaced', async () => {
      const lists = await listsOf(withItems(24));
      const places = lists.flatMap((list, i) => (Array.isArray(list) ? list.map((_, j) => [i, j] as const) : []));
      const replaced = fc.tuple(fc.constantFrom(...places), fc.jsonValue()).map(([[i, j], value]) => {
        const copy = structuredClone(lists);
        const list = copy[i];
        if (Array.isArray(list)) list.splice(j, 1, value);
        return copy;
      });
      let opened = 0;
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.jsonValue(), replaced), async (value) => {
          if ((await check(pack(value))) !== null) opened += 1;
        }),
        { numRuns: 1_000 },
      );
      // Some replacements are harmless (another text for a text): without any, this test would reach nothing.
      expect(opened).toBeGreaterThan(0);
    });
  },
);

test('the figures of the text beside the link', () => {
  const verdicts = 'cccinntu..';
  const run = sharedRun({ ...withItems(10), verdicts, decodedTokens: 500, decodeMs: 12_500 });
  expect(shareFacts(run)).toMatchObject({
    scored: 7,
    correct: 3,
    accuracy: 3 / 7,
    noAnswer: 2,
    truncated: 1,
    unscored: 1,
    pending: 2,
    tokensPerSecond: 40,
  });
  expect(shareFacts({ ...run, decodedTokens: 0, decodeMs: 0 }).tokensPerSecond).toBeNull();
});

/** What version 1 carries, place by place. */
type Lists = [unknown[], unknown[], unknown[], unknown[], unknown[], string | null, unknown[]];

async function listsOf(header: RunHeader): Promise<Lists> {
  const packed = payloadIn((await shareLink(header, ADDRESS)).url).slice(2);
  return JSON.parse(strFromU8(inflateSync(Buffer.from(packed, 'base64url').subarray(4)))) as Lists;
}

/** Packs as a link does, checksum and all: bytes as they are, anything else as JSON. */
function pack(content: unknown): string {
  const bytes = content instanceof Uint8Array ? content : strToU8(JSON.stringify(content));
  const check = createHash('sha256').update(bytes).digest().subarray(0, 4);
  return `1.${Buffer.concat([check, deflateSync(bytes, { level: 9 })]).toString('base64url')}`;
}

function payloadIn(url: string): string {
  return url.slice(url.indexOf('#/shared/') + '#/shared/'.length);
}

/** A run of so many items with letters drawn by a fixed seed: three in seven correct, all kinds of the rest. */
function withItems(items: number): RunHeader {
  const header = sampleHeader();
  const [verdicts = ''] = fc.sample(
    fc.string({ unit: fc.constantFrom(...'cccintu'), minLength: items, maxLength: items, size: 'max' }),
    { seed: 7, numRuns: 1 },
  );
  return {
    ...header,
    seconds: 71.44,
    decodedTokens: 812,
    decodeMs: 20_300,
    spec: { ...header.spec, itemIds: Array.from({ length: items }, (_, n) => `item-${n}`) },
    verdicts,
  };
}

/** `longest` different characters of Chinese: three bytes each, and nothing for deflate to find. */
function hanzi(length: number, seed: number): string {
  return Array.from({ length }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7919 + seed * 4801) % 20_000))).join('');
}

/** The header with each text of the suite, the model and the machine replaced. */
function mapTexts(header: RunHeader, change: (text: string, n: number) => string): RunHeader {
  let n = 0;
  const of = (text: string): string => change(text, (n += 1));
  const { suite, model } = header.spec;
  const { environment } = header;
  return {
    ...header,
    spec: {
      ...header.spec,
      suite: {
        ...suite,
        id: of(suite.id),
        version: of(suite.version),
        title: { en: of('Reading'), zh: of('阅读理解') },
      },
      model: {
        ...model,
        id: of(model.id),
        name: of(model.name),
        revision: of(model.revision),
        build: { engine: of(model.build.engine), quantisation: of(model.build.quantisation) },
      },
    },
    environment: { ...environment, browser: of(environment.browser), os: of(environment.os) },
  };
}

/** Checks by hand what the schema promises, so that a hole in the schema shows. */
function expectSound(run: SharedRun): void {
  const texts: string[] = [];
  const numbers: number[] = [];
  JSON.stringify(run, (_, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    if (typeof value === 'number') numbers.push(value);
    return value;
  });
  const { verdicts, counts, startedAt } = run;
  expect(run.claimedBy).toBe('sender');
  expect(texts.filter((text) => text !== verdicts).every(isLinkText)).toBe(true);
  expect(numbers.every((n) => Number.isFinite(n) && n >= 0)).toBe(true);
  expect(Number.isNaN(new Date(startedAt).getTime())).toBe(false);
  if (verdicts !== null) expect(countVerdicts(verdicts)).toEqual(counts);
}
