import { describe, expect, it } from 'vitest';
import { matrixOf, type RunHeader } from '#domain';
import { runHeader } from '../fixtures/runs.ts';

const other = { id: 't', version: '1', hash: 'f'.repeat(64), title: { en: 'Other', zh: '另' } };

function run(id: string, verdicts: string, change: Parameters<typeof runHeader>[1] = {}): RunHeader {
  return runHeader(verdicts, { id, ...change });
}

function quantised(quantisation: string): { readonly spec: Pick<RunHeader['spec'], 'model'> } {
  const { model } = run('x', 'c').spec;
  return { spec: { model: { ...model, build: { ...model.build, quantisation } } } };
}

/** Ids of the runs shown, row by row. */
function shown(headers: readonly RunHeader[]): (string | null)[][] {
  return matrixOf(headers).rows.map((row) => row.cells.map((cell) => cell?.run.id ?? null));
}

describe('matrixOf', () => {
  it('is empty without finished runs', () => {
    expect(matrixOf([])).toEqual({ columns: [], rows: [] });
    expect(matrixOf([run('a', 'c.'), run('b', 'c', { state: { kind: 'running' } })])).toEqual({
      columns: [],
      rows: [],
    });
  });

  it('gives each content of a suite a column, with gaps where nothing ran', () => {
    const headers = [run('a', 'cc'), run('b', 'ci', { spec: { suite: other } }), run('c', 'ii', quantised('q4'))];
    expect(matrixOf(headers).columns.map((column) => column.id)).toEqual(['s', 't']);
    expect(shown(headers)).toEqual([
      ['a', 'b'],
      ['c', null],
    ]);
  });

  it('keeps builds, devices and imported runs apart', () => {
    const wasm = run('a', 'c');
    const webgpu = run('b', 'c', { environment: { ...wasm.environment, device: 'webgpu' } });
    const imported = run('c', 'c', { origin: 'imported' });
    expect(shown([imported, webgpu, wasm])).toEqual([['a'], ['b'], ['c']]);
    expect(matrixOf([imported, wasm]).rows.map((row) => row.imported)).toEqual([false, true]);
  });

  it('keeps the ways of asking apart: step by step does not stand in the place of plain', () => {
    const steps = run('b', 'cc', { spec: { promptVariant: 'step-by-step' } });
    expect(matrixOf([steps, run('a', 'c')]).rows.map((row) => [row.promptVariant, row.cells[0]?.run.id])).toEqual([
      ['plain', 'a'],
      ['step-by-step', 'b'],
    ]);
  });

  it('shows the fullest run, of those the latest, and says how many there are', () => {
    const early = run('early', 'ccc', { startedAt: '2026-01-01T00:00:00.000Z' });
    const late = run('late', 'cci', { startedAt: '2026-01-02T00:00:00.000Z' });
    const short = run('short', 'c', { startedAt: '2026-01-03T00:00:00.000Z' });
    const [row] = matrixOf([short, early, late]).rows;
    expect(row?.cells[0]).toEqual({ run: late, runs: 3, repeats: [late], partial: false });
  });

  it('keeps drawn runs apart from greedy ones, and the repeats of one draw together', () => {
    const drawn = (seed: number, temperature: number) =>
      ({ kind: 'sampled', temperature, topP: 1, topK: null, minP: 0, repetitionPenalty: 1, seed }) as const;
    const greedy = run('greedy', 'cc');
    const [one, two] = [1, 2].map((seed) => run(`seed-${seed}`, 'ci', { spec: { sampling: drawn(seed, 0.7) } }));
    const hot = run('hot', 'ii', { spec: { sampling: drawn(1, 1) } });
    if (one === undefined || two === undefined) throw new Error('two runs');
    const cells = matrixOf([greedy, two, hot, one]).rows.map((row) => row.cells[0]?.repeats.map(({ id }) => id));
    expect(cells).toHaveLength(3);
    expect(cells).toContainEqual(['greedy']);
    expect(cells).toContainEqual(['seed-1', 'seed-2']);
    expect(cells).toContainEqual(['hot']);
  });

  it('marks a cell that stands on fewer items than another of its column', () => {
    const rows = matrixOf([run('all', 'cccc'), run('some', 'cc', quantised('q4'))]).rows;
    expect(rows.map((row) => row.cells[0]?.partial)).toEqual([false, true]);
  });
});
