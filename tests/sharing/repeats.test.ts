import { describe, expect, it } from 'vitest';
import { majorityFigures, repeatFigures, samplingCode, suiteHash, type RunHeader, type Sampled } from '#domain';
import { readRecord, readRecords, REPEATS_FORMATS, shareLink, decodeLink, type RepeatsRecord } from '#sharing';
import { runsFile, type RunRecord } from '../../src/sharing/record.ts';
import { RUN_FORMATS } from '../../src/sharing/formats.ts';
import { lmEvalArchive } from '../../src/sharing/lmEval.ts';
import { afterItems, CORRECT, sampleHeader, sampleItem, WRONG } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const suite = sampleSuite();
const SAMPLED: Sampled = {
  kind: 'sampled',
  temperature: 0.7,
  topP: 0.8,
  topK: 20,
  minP: 0,
  repetitionPenalty: 1.05,
  seed: 4_294_967_295,
};

/** A repeat whose items are right where `right` says so. */
function repeat(seed: number, right: readonly boolean[]): RunRecord {
  const base = sampleHeader({ id: `run-${seed}`, state: { kind: 'finished' } });
  const spec = {
    ...base.spec,
    suite: { ...base.spec.suite, hash: suiteHash(suite) },
    sampling: { ...SAMPLED, seed },
  };
  const header: RunHeader = { ...base, spec };
  const items = right.map((isRight, index) =>
    sampleItem(header, index, { runId: header.id, verdict: isRight ? CORRECT : WRONG }),
  );
  return { header: afterItems(header, items), items, suite };
}

const runs = [repeat(1, [true, false, true]), repeat(2, [true, true, false])] as const;
const WORDS = { item: 'Item', right: 'Right', majority: 'Majority', sentences: ['50% right | on average'] };

function group(): RepeatsRecord {
  const figures = repeatFigures(
    runs.map(({ header }) => header),
    suite,
  );
  if (figures === null) throw new Error('no figures');
  const keys = figures.items.map(({ correct }) => (correct === 2 ? ['right', 'right'] : ['right', 'wrong']));
  return { runs, suite, figures, majority: majorityFigures(keys) };
}

function written(id: string): string {
  const format = REPEATS_FORMATS.find((one) => one.id === id);
  return format?.write(group(), WORDS) ?? '';
}

describe('repeats in one file', () => {
  it('are read back as they were, marked as imported, with the suite once', () => {
    const read = readRecords(written('record'));
    expect(read).toEqual({
      ok: true,
      records: runs.map((run) => ({ ...run, header: { ...run.header, origin: 'imported' } })),
    });
    expect(written('record').split('"tabeval-suite"')).toHaveLength(2);
  });

  it('are no run by themselves, and one run is read like several', () => {
    expect(readRecord(written('record'))).toEqual({ ok: false, problem: { code: 'not-a-record' } });
    const [recordFormat] = RUN_FORMATS;
    const one = recordFormat.write(runs[0], { item: '', answer: '', result: '', judged: '' });
    expect(readRecords(one)).toMatchObject({ ok: true, records: [{ header: { id: 'run-1' } }] });
  });

  it('are refused as a whole where one of them is wrong, and the place is named', () => {
    const [first, second] = runs;
    const wrong = { ...second, items: second.items.map((item) => ({ ...item, itemId: 'x' })) };
    const read = readRecords(runsFile([first, wrong], suite));
    expect(read).toMatchObject({ ok: false, problem: { code: 'disagrees' } });
    expect(!read.ok && 'at' in read.problem && read.problem.at[0]).toMatch(/^runs\[1\]\.items\[0\]/);
    for (const broken of ['{"format":"tabeval-runs","schema":1,"runs":[]}', '{"format":"tabeval-runs","schema":1}']) {
      expect(readRecords(broken)).toMatchObject({ ok: false, problem: { code: 'wrong-shape', at: ['runs'] } });
    }
  });

  it('are a table with a line for each item and a column for each seed', () => {
    const [head, first, second] = written('csv').replace('\ufeff', '').split('\r\n');
    expect(head).toBe(
      'index,item,repeats,correct,share,majority_correct,majority_answer,majority_votes,answer_1,answer_2,sampling',
    );
    expect(first).toBe(
      '0,tbl-hk-01,2,2,1,true,581.6亿元,2,581.6亿元,581.6亿元,temperature=0.7 topP=0.8 topK=20 repetitionPenalty=1.05',
    );
    expect(second).toMatch(/^1,tbl-hk-02,2,1,0\.5,true,/);
  });

  it('are sentences and a table in Markdown', () => {
    const lines = written('markdown').split('\n');
    expect(lines[0]).toBe(
      'SmolLM2-135M-Instruct (q4) · reading@1.0.0 · temperature=0.7 topP=0.8 topK=20 repetitionPenalty=1.05',
    );
    expect(lines).toContain('- 50% right \\| on average');
    expect(lines).toContain('| tbl-hk-01 | 2/2 | 581.6亿元 ✅ |');
  });
});

describe('how tokens were chosen', () => {
  it('travels in a link, without keys, and only within bounds', async () => {
    const { header } = repeat(4_294_967_295, [true, false, true]);
    const { url } = await shareLink(header, 'https://someone.example.org/');
    const decoded = await decodeLink(url.split('#/shared/')[1] ?? '');
    expect(decoded).toMatchObject({ ok: true, run: { sampling: { ...SAMPLED, seed: 4_294_967_295 } } });
    const hot: RunHeader = { ...header, spec: { ...header.spec, sampling: { ...SAMPLED, temperature: 9 } } };
    const refused = await decodeLink((await shareLink(hot, 'https://x.org/')).url.split('#/shared/')[1] ?? '');
    expect(refused).toMatchObject({ ok: false, problem: { code: 'wrong-shape' } });
  });

  it('stands in lm-eval’s files by its names', () => {
    const [results, samples] = lmEvalArchive.files(runs[1]);
    const settings = {
      ...{ do_sample: true, temperature: 0.7, top_p: 0.8, top_k: 20, min_p: 0, repetition_penalty: 1.05 },
      max_gen_toks: 96,
    };
    const parsed = JSON.parse(results?.text ?? '') as { config: object; configs: object };
    expect(parsed.config).toMatchObject({ gen_kwargs: settings, random_seed: 2, torch_seed: 2 });
    expect(parsed.configs).toMatchObject({ tabeval_reading: { generation_kwargs: settings, repeats: 1 } });
    expect(JSON.parse(samples?.text.split('\n')[0] ?? '')).toMatchObject({
      arguments: { gen_args_0: { arg_1: settings } },
    });
  });

  it('stands in tables', () => {
    const [, csv, markdown] = RUN_FORMATS;
    const words = { item: 'Item', answer: 'Answer', result: 'Result', judged: 'Judged' };
    const code = samplingCode({ ...SAMPLED, seed: 2 });
    expect(code).toBe('temperature=0.7 topP=0.8 topK=20 repetitionPenalty=1.05 seed=2');
    expect(csv.write(runs[1], words).split(code)).toHaveLength(4);
    expect(markdown.write(runs[1], words).split('\n')[0]).toContain(`· ${code}`);
  });
});
