import { failure, FailureError, type Suite } from '#domain';
import type { RunArchive } from './formats.ts';
import { lmEvalFiles } from './lmEvalResults.ts';
import { FILTER, METRIC, sampleOf, type LmEvalSample } from './lmEvalSamples.ts';
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
    const { header, suite, items } = record;
    const { spec, environment, verdicts } = header;
    if (suite === null) throw new FailureError(failure('suite-missing', spec.suite.id));
    const samples = samplesOf(record, suite);
    const unscored = items.filter(({ verdict }) => verdict.kind === 'unscored').length;
    return lmEvalFiles({
      ...{ header, suite, samples, repeats: 1, seconds: header.seconds, updatedAt: header.updatedAt },
      documents: samples.length,
      filters: [{ filter: FILTER, functions: [FILTER], metrics: { [METRIC]: samples.map((one) => one[METRIC]) } }],
      more: {
        ...{ run: header.id, suite: spec.suite, environment, model: spec.model, unscored, verdicts },
        ...(spec.thinking === undefined ? {} : { thinking: { ...spec.thinking, ...header.thinking } }),
      },
    });
  },
};

/** Items that the engine failed at say nothing about the model: they have no sample. */
function samplesOf(record: RunRecord, suite: Suite): readonly LmEvalSample[] {
  const sampleAt = sampler(record, suite);
  return record.items.flatMap(({ index, verdict }) => {
    const sample = verdict.kind === 'unscored' ? null : sampleAt(index);
    return sample === null ? [] : [sample];
  });
}

/** Gives the sample of the item with an index in the run; null where it has no record, or the suite no such item. */
export function sampler({ header, items, overrides = [] }: RunRecord, suite: Suite) {
  const records = new Map(items.map((record) => [record.index, record]));
  const judged = new Map(overrides.map((override) => [override.index, override]));
  const places = new Map(suite.items.map((item, place) => [item.id, { item, place }]));
  return (index: number): LmEvalSample | null => {
    const record = records.get(index);
    const asked = record === undefined ? undefined : places.get(record.itemId);
    if (record === undefined || asked === undefined) return null;
    return sampleOf({ record, ...asked, suite, spec: header.spec, override: judged.get(index) ?? null });
  };
}
