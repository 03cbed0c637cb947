import { countVerdicts, metricsOf, repeatFigures, type Interval, type Matrix, type RunHeader } from '#domain';
import { tokensPerSecond } from '../results/runWords.ts';

export type Against = 'size' | 'speed';

/** One run of the matrix in the chart, or the mean of its repeats. */
export interface ChartPoint {
  /** From 1, in the order of `x`: what the chart and its table have in common. */
  readonly number: number;
  readonly run: RunHeader;
  /** Bytes of the model's files, or tokens per second. */
  readonly x: number;
  readonly accuracy: number;
  readonly interval: Interval;
}

export interface ChartData {
  readonly points: readonly ChartPoint[];
  /** Runs of the suite of which the figure is not known. */
  readonly leftOut: number;
}

/** The runs of one suite with the figure that accuracy is set against. */
export function chartPoints(matrix: Matrix, suiteHash: string, against: Against): ChartData {
  const column = matrix.columns.findIndex(({ hash }) => hash === suiteHash);
  const cells = matrix.rows.flatMap((row) => row.cells[column] ?? []);
  const known = cells.flatMap(({ run, repeats }) => {
    const x = against === 'size' ? bytesOf(run) : tokensPerSecond(run);
    const several = repeats.length > 1 ? repeatFigures(repeats, null) : null;
    const { accuracy, interval } =
      several === null
        ? metricsOf(countVerdicts(run.verdicts))
        : { accuracy: several.mean, interval: several.interval };
    return x === null || accuracy === null || interval === null ? [] : [{ run, x, accuracy, interval }];
  });
  const points = known.sort((a, b) => a.x - b.x).map((point, n) => ({ number: n + 1, ...point }));
  return { points, leftOut: cells.length - points.length };
}

/** Null where the files are not recorded, as for a model on a server. */
function bytesOf(run: RunHeader): number | null {
  const bytes = run.spec.model.files.reduce((sum, file) => sum + file.bytes, 0);
  return bytes > 0 ? bytes : null;
}

/** A logarithmic axis from a little below the least value to a little above the greatest, with round ticks. */
export interface LogAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** `values`: above 0, at least one. `most`: ticks for which there is room. */
export function logAxis(values: readonly number[], most = 5): LogAxis {
  const low = Math.min(...values) / 1.5;
  const high = Math.max(...values) * 1.5;
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, n) => first + n);
  const within = (factors: readonly number[]): number[] =>
    decades.flatMap((d) => factors.map((f) => f * 10 ** d)).filter((tick) => tick >= low && tick <= high);
  const choices = [within([1, 2, 5]), within([1, 3]), within([1])];
  const ticks = choices.find((choice) => choice.length <= most) ?? (choices[2] ?? []).slice(0, most);
  return { low, high, ticks };
}

/** Where a value stands on the axis, in [0, 1]. */
export function onAxis({ low, high }: LogAxis, value: number): number {
  return Math.log(value / low) / Math.log(high / low);
}
