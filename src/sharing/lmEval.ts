import { failure, FailureError, type RunHeader, type Suite } from '#domain';
import type { ArchiveFile, RunArchive } from './formats.ts';
import { FILTER, generationSettings, METRIC, sampleOf, samplesHash, type LmEvalSample } from './lmEvalSamples.ts';
import type { RunRecord } from './record.ts';

/**
 * The two files of lm-evaluation-harness (0.4): aggregated results as JSON, a line for each item as JSONL, in a folder
 * named after the model, as its EvaluationTracker writes them. Names of keys, rounding of times and every hash are
 * those of lm_eval/loggers/evaluation_tracker.py and lm_eval/evaluator.py; tests/sharing/lmEval.test.ts has them read by
 * lm-eval itself.
 */
export const lmEvalArchive: RunArchive = {
  id: 'lm-eval',
  extension: 'lm-eval.zip',
  mediaType: 'application/zip',
  files: (record) => {
    const { header, suite } = record;
    if (suite === null) throw new FailureError(failure('suite-missing', header.spec.suite.id));
    const samples = samplesOf(record, suite);
    const folder = sanitizedModel(header.spec.model.id);
    const at = isoForFiles(header.updatedAt);
    const task = taskName(suite);
    return [
      { path: `${folder}/results_${at}.json`, text: `${JSON.stringify(results(record, suite, samples), null, 2)}\n` },
      { path: `${folder}/samples_${task}_${at}.jsonl`, text: lines(samples) },
    ] satisfies readonly ArchiveFile[];
  },
};

/** Items that the engine failed at say nothing about the model: they have no sample. */
function samplesOf({ header, items, overrides = [] }: RunRecord, suite: Suite): readonly LmEvalSample[] {
  const judged = new Map(overrides.map((override) => [override.index, override]));
  const places = new Map(suite.items.map((item, place) => [item.id, { item, place }]));
  return items.flatMap((record) => {
    const asked = places.get(record.itemId);
    if (asked === undefined || record.verdict.kind === 'unscored') return [];
    const override = judged.get(record.index) ?? null;
    return [sampleOf({ record, item: asked.item, place: asked.place, suite, spec: header.spec, override })];
  });
}

/** Readers that cut at every Unicode line end (Python's splitlines) must not cut a text: JSON may escape them. */
function lines(samples: readonly LmEvalSample[]): string {
  const escaped = (end: string): string => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return samples.map((sample) => `${JSON.stringify(sample).replace(/[\u0085\u2028\u2029]/g, escaped)}\n`).join('');
}

function results({ header, items }: RunRecord, suite: Suite, samples: readonly LmEvalSample[]): object {
  const { spec, environment } = header;
  const task = taskName(suite);
  const name = sanitizedModel(spec.model.id);
  const scores = samples.map((sample) => sample[METRIC]);
  const unscored = items.filter(({ verdict }) => verdict.kind === 'unscored').length;
  return {
    results: {
      [task]: {
        name: task,
        alias: task,
        sample_len: samples.length,
        [`${METRIC},${FILTER}`]: mean(scores),
        [`${METRIC}_stderr,${FILTER}`]: standardError(scores),
      },
    },
    group_subtasks: { [task]: [] },
    configs: { [task]: taskConfig(header, suite) },
    versions: { [task]: suite.version },
    'n-shot': { [task]: 0 },
    higher_is_better: { [task]: { [METRIC]: true } },
    'n-samples': { [task]: { original: suite.items.length, effective: samples.length } },
    config: runConfig(header, suite),
    git_hash: null,
    date: Date.parse(header.startedAt) / 1000,
    task_hashes: { [task]: samplesHash(samples) },
    model_source: spec.model.build.engine,
    model_name: spec.model.id,
    model_name_sanitized: name,
    system_instruction: null,
    system_instruction_sha: null,
    fewshot_as_multiturn: false,
    chat_template: null,
    chat_template_sha: spec.templateHash,
    max_length: spec.contextLength,
    total_evaluation_time_seconds: String(header.seconds),
    // What lm-eval has no place for; its readers leave other keys alone.
    tabeval: {
      ...{ run: header.id, suite: spec.suite, environment, model: spec.model, unscored, verdicts: header.verdicts },
      ...(spec.thinking === undefined ? {} : { thinking: { ...spec.thinking, ...header.thinking } }),
    },
  };
}

function taskConfig({ spec }: RunHeader, suite: Suite): object {
  return {
    task: taskName(suite),
    dataset_path: 'tabeval',
    dataset_name: suite.id,
    doc_to_target: '{{gold.value}}',
    output_type: 'generate_until',
    num_fewshot: 0,
    metric_list: [{ metric: METRIC, aggregation: 'mean', higher_is_better: true }],
    generation_kwargs: generationSettings(spec),
    filter_list: [{ name: FILTER, filter: [{ function: 'tabeval' }] }],
    repeats: 1,
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
