import { describe, expect, it } from 'vitest';
import { matrixOf } from '#domain';
import { chartPoints, logAxis, onAxis } from '../../src/views/compare/chartPoints.ts';
import { runHeader } from '../fixtures/runs.ts';

function run(id: string, verdicts: string, bytes: number, decodeMs: number) {
  const model = runHeader('').spec.model;
  const files = bytes === 0 ? [] : [{ path: 'model.onnx', bytes, sha256: 'a'.repeat(64) }];
  return runHeader(verdicts, { id, decodedTokens: 100, decodeMs, spec: { model: { ...model, id, name: id, files } } });
}

const matrix = matrixOf([run('big', 'ccci', 4e9, 10_000), run('small', 'ciii', 5e7, 500), run('server', 'cc', 0, 0)]);
const hash = matrix.columns[0]?.hash ?? '';

describe('chartPoints', () => {
  it('orders by size, with the interval of each, and counts what has no files', () => {
    const { points, leftOut } = chartPoints(matrix, hash, 'size');
    expect(points.map(({ number, run: { id }, x, accuracy }) => [number, id, x, accuracy])).toEqual([
      [1, 'small', 5e7, 0.25],
      [2, 'big', 4e9, 0.75],
    ]);
    expect(points[1]?.interval.low).toBeCloseTo(0.3006, 3);
    expect(leftOut).toBe(1);
  });

  it('orders by speed, and knows no other suite', () => {
    expect(chartPoints(matrix, hash, 'speed').points.map(({ run: { id }, x }) => [id, x])).toEqual([
      ['big', 10],
      ['small', 200],
    ]);
    expect(chartPoints(matrix, 'other', 'speed')).toEqual({ points: [], leftOut: 0 });
  });
});

it.each([[[5e7, 4e9]], [[100]], [[1e6, 1e12]], [[0.3, 0.31]]])(
  'an axis over %j holds its values and few ticks',
  (values) => {
    const axis = logAxis(values);
    for (const value of values) {
      expect(onAxis(axis, value)).toBeGreaterThan(0);
      expect(onAxis(axis, value)).toBeLessThan(1);
    }
    expect(axis.ticks.length).toBeGreaterThan(0);
    expect(axis.ticks.length).toBeLessThanOrEqual(5);
  },
);
