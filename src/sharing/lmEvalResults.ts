import type { RunHeader, Suite } from '#domain';
import type { ArchiveFile } from './formats.ts';
import { generationSettings, samplesHash, type SampleHashes } from './lmEvalSamples.ts';

/** What lm-eval calls a filter: what takes the answers out of the outputs, and the metrics that are computed from them. */
export interface FilteredMetrics {
  readonly filter: string;
  /** Its steps, in lm-eval's terms. */
  readonly functions: readonly string[];
  /** A value for each document, by the metric's name. */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
}

/** A run, or repeats of one, as the two files of lm-eval say it. */
export interface LmEvalExport {
  /** The first run: what repeats share, they share with it. */
  readonly header: RunHeader;
  readonly suite: Suite;
  /** Outputs for each document. */
  readonly repeats: number;
  /** Seconds, and the time of the last change (ISO 8601, UTC), over all runs. */
  readonly seconds: number;
  readonly updatedAt: string;
  readonly filters: readonly FilteredMetrics[];
  /** Documents that count. */
  readonly documents: number;
  /** Lines of the samples, filter after filter. */
  readonly samples: readonly SampleHashes[];
  /** What lm-eval has no place for. */
  readonly more: object;
}

/** The two files in a folder named after the model, as lm-eval's EvaluationTracker names them. */
export function lmEvalFiles(scored: LmEvalExport): readonly ArchiveFile[] {
  const folder = sanitizedModel(scored.header.spec.model.id);
  const at = isoForFiles(scored.updatedAt);
  const task = taskName(scored.suite);
  return [
    { path: `${folder}/results_${at}.json`, text: `${JSON.stringify(results(scored), null, 2)}\n` },
    { path: `${folder}/samples_${task}_${at}.jsonl`, text: lines(scored.samples) },
  ];
}

/** Whole metrics; inside a text the quotes would be escaped. */
const WHOLE = /"(exact_match|pass[@^]\d+)":(\d+)(?=[,}])/g;

/**
 * Readers that cut at every Unicode line end (Python's splitlines) must not cut a text: JSON may escape them. Metrics are
 * written with a point, as Python does: `datasets` guesses a column's type by its first lines.
 */
function lines(samples: readonly object[]): string {
  const escaped = (end: string): string => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const line = (sample: object): string =>
    JSON.stringify(sample)
      .replace(/[\u0085\u2028\u2029]/g, escaped)
      .replace(WHOLE, '"$1":$2.0');
  return samples.map((sample) => `${line(sample)}\n`).join('');
}

function results(scored: LmEvalExport): object {
  const { header, suite, filters, documents, samples, seconds, more } = scored;
  const { spec } = header;
  const task = taskName(suite);
  return {
    results: { [task]: { name: task, alias: task, sample_len: documents, ...aggregated(filters) } },
    group_subtasks: { [task]: [] },
    configs: { [task]: taskConfig(scored) },
    versions: { [task]: suite.version },
    'n-shot': { [task]: 0 },
    higher_is_better: { [task]: Object.fromEntries(metricsOf(filters).map((metric) => [metric, true])) },
    'n-samples': { [task]: { original: suite.items.length, effective: documents } },
    config: runConfig(header, suite),
    git_hash: null,
    date: Date.parse(header.startedAt) / 1000,
    task_hashes: { [task]: samplesHash(samples) },
    model_source: spec.model.build.engine,
    model_name: spec.model.id,
    model_name_sanitized: sanitizedModel(spec.model.id),
    system_instruction: null,
    system_instruction_sha: null,
    fewshot_as_multiturn: false,
    chat_template: null,
    chat_template_sha: spec.templateHash,
    max_length: spec.contextLength,
    total_evaluation_time_seconds: String(seconds),
    // Its readers leave other keys alone.
    tabeval: more,
  };
}

/** "metric,filter" and "metric_stderr,filter", each over all documents. */
function aggregated(filters: readonly FilteredMetrics[]): Readonly<Record<string, number | 'N/A'>> {
  const entries = filters.flatMap(({ filter, metrics }) =>
    Object.entries(metrics).flatMap(([metric, values]) => [
      [`${metric},${filter}`, mean(values)] as const,
      [`${metric}_stderr,${filter}`, standardError(values)] as const,
    ]),
  );
  return Object.fromEntries(entries);
}

function metricsOf(filters: readonly FilteredMetrics[]): readonly string[] {
  return [...new Set(filters.flatMap(({ metrics }) => Object.keys(metrics)))];
}

function taskConfig({ header: { spec }, suite, filters, repeats }: LmEvalExport): object {
  return {
    task: taskName(suite),
    dataset_path: 'tabeval',
    dataset_name: suite.id,
    doc_to_target: '{{gold.value}}',
    output_type: 'generate_until',
    num_fewshot: 0,
    metric_list: metricsOf(filters).map((metric) => ({ metric, aggregation: 'mean', higher_is_better: true })),
    generation_kwargs: generationSettings(spec),
    filter_list: filters.map(({ filter, functions }) => ({
      name: filter,
      filter: functions.map((name) => ({ function: name })),
    })),
    repeats,
    should_decontaminate: false,
    metadata: { version: suite.version, hash: spec.suite.hash },
  };
}

function runConfig({ spec, environment }: RunHeader, suite: Suite): object {
  const { model, sampling, thinking } = spec;
  // As lm-eval's models of Hugging Face call it.
  const thinks = thinking === undefined ? {} : { enable_thinking: thinking.mode === 'on' };
  const seed = sampling.kind === 'greedy' ? 0 : sampling.seed;
  const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    model: `tabeval-${model.build.engine}`,
    model_args: { pretrained: model.id, revision: model.revision, dtype: model.build.quantisation, bytes, ...thinks },
    model_dtype: model.build.quantisation,
    model_revision: model.revision,
    model_sha: model.revision,
    batch_size: '1',
    batch_sizes: [],
    device: environment.device,
    use_cache: null,
    limit: spec.itemIds.length < suite.items.length ? spec.itemIds.length : null,
    bootstrap_iters: 0,
    gen_kwargs: generationSettings(spec),
    random_seed: seed,
    numpy_seed: seed,
    torch_seed: seed,
    fewshot_seed: 0,
  };
}

/** 0 where nothing is scored, as a mean must be a number there; `sample_len` says it. */
function mean(scores: readonly number[]): number {
  return scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Of the mean, with n − 1 (lm_eval.api.metrics.mean_stderr); "N/A" as lm-eval writes it where there is none. */
function standardError(scores: readonly number[]): number | 'N/A' {
  const n = scores.length;
  if (n < 2) return 'N/A';
  const m = mean(scores);
  const squares = scores.reduce((sum, score) => sum + (score - m) ** 2, 0);
  return Math.sqrt(squares / (n - 1)) / Math.sqrt(n);
}

/** lm-eval parts file names at "_": the time has none, and the task may have some. */
function taskName(suite: Suite): string {
  return `tabeval_${suite.id}`;
}

/** lm_eval.utils.sanitize_model_name. */
function sanitizedModel(name: string): string {
  return name.replace(/["<>:/|\\?*[\]]+/g, '__');
}

/** "2026-03-01T09:00:01.214Z" → "2026-03-01T09-00-01.214000": Python's isoformat with ":" as "-". */
function isoForFiles(iso: string): string {
  return new Date(iso).toISOString().replace('Z', '000').replaceAll(':', '-');
}
