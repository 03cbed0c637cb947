import { failure, FailureError, passAtK, passHatK, type RepeatedItem } from '#domain';
import { sampler } from './lmEval.ts';
import { lmEvalFiles, type FilteredMetrics } from './lmEvalResults.ts';
import { FILTER, METRIC, NOTHING, type LmEvalSample, type SampleHashes } from './lmEvalSamples.ts';
import type { RepeatsArchive, RepeatsRecord } from './repeats.ts';

/**
 * Repeats as lm-evaluation-harness writes a task with `repeats: n`: one document with n texts in `resps`, metrics over
 * the n (the mean, pass@k, pass^k), and the vote as a filter of its own, "maj@n", as in its gsm8k_cot_self_consistency.
 * A document counts where every repeat scored it. No filter takes the first of several: `filtered_resps` holds a list
 * for each document, of n answers or of the winner.
 */
export const lmEvalRepeats: RepeatsArchive = {
  id: 'lm-eval',
  extension: 'repeats.lm-eval.zip',
  mediaType: 'application/zip',
  files: (group) => {
    const { runs, suite, figures } = group;
    const headers = runs.map((run) => run.header);
    const { header } = runs[0];
    const { spec, environment, startedAt } = header;
    if (suite === null) throw new FailureError(failure('suite-missing', spec.suite.id));
    const samplers = runs.map((run) => sampler(run, suite));
    const answered = figures.items.map((item) => samplesAt(samplers, item));
    const each = answered.map((samples, place) => eachLine(samples, metricsOf(group, figures.items[place])));
    const votes = answered.flatMap((samples, place) => voteLine(group, samples, place) ?? []);
    return lmEvalFiles({
      header: { ...header, startedAt: headers.map((one) => one.startedAt).reduce(least, startedAt) },
      ...{ suite, repeats: runs.length, documents: each.length, samples: [...each, ...votes] },
      seconds: headers.reduce((sum, { seconds }) => sum + seconds, 0),
      updatedAt: headers.map(({ updatedAt }) => updatedAt).reduce((a, b) => (a < b ? b : a)),
      filters: [
        { filter: FILTER, functions: [FILTER], metrics: valuesOf(group) },
        ...(votes.length === 0 ? [] : [voteMetrics(group, votes)]),
      ],
      more: {
        ...{ suite: spec.suite, environment, model: spec.model, left_out: figures.leftOut },
        runs: headers.map(({ id, spec: { sampling }, verdicts, seconds, thinking }) => ({
          ...{ run: id, seed: sampling.kind === 'greedy' ? null : sampling.seed, verdicts, seconds },
          ...(thinking === undefined ? {} : { thinking }),
        })),
        ...(spec.thinking === undefined ? {} : { thinking: spec.thinking }),
      },
    });
  },
};

const least = (a: string, b: string): string => (a < b ? a : b);

/** What the repeats said of one item, in their order. */
type Answered = readonly [LmEvalSample, ...LmEvalSample[]];

function samplesAt(
  samplers: readonly ((index: number) => LmEvalSample | null)[],
  { index, itemId }: RepeatedItem,
): Answered {
  const [first, ...others] = samplers.map((sampleAt) => {
    const sample = sampleAt(index);
    // The header says that it was scored.
    if (sample === null) throw new FailureError(failure('invalid-input', `no record of ${itemId}`));
    return sample;
  });
  if (first === undefined) throw new FailureError(failure('unexpected', 'a group without runs'));
  return [first, ...others];
}

/** By name: the share that is right, and for each k the chance that one, or all, of k answers are. One repeat has no k. */
function metricsOf({ figures: { repeats, pass } }: RepeatsRecord, item: RepeatedItem | undefined) {
  const correct = item?.correct ?? 0;
  const several = repeats === 1 ? [] : pass;
  return Object.fromEntries([
    [METRIC, correct / repeats] as const,
    ...several.map(({ k }) => [`pass@${k}`, passAtK(repeats, correct, k)] as const),
    ...several.map(({ k }) => [`pass^${k}`, passHatK(repeats, correct, k)] as const),
  ]);
}

function valuesOf(group: RepeatsRecord): FilteredMetrics['metrics'] {
  const each = group.figures.items.map((item) => metricsOf(group, item));
  const names = Object.keys(each[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, each.map((values) => values[name] ?? 0)]));
}

function eachLine(samples: Answered, metrics: Readonly<Record<string, number>>): SampleHashes {
  return line(samples, FILTER, samples.flatMap(answersOf), metrics);
}

const answersOf = ({ filtered_resps }: LmEvalSample): readonly string[] => filtered_resps;

const voteFilter = ({ figures }: RepeatsRecord): string => `maj@${figures.repeats}`;

/** Null where there was no vote: one repeat, or a suite that is not at hand. */
function voteLine(
  group: RepeatsRecord,
  samples: Answered,
  place: number,
): (SampleHashes & { [METRIC]: number }) | null {
  const vote = group.figures.repeats === 1 ? undefined : group.majority?.items[place];
  if (vote === undefined) return null;
  const winner = vote.by === null ? undefined : samples[vote.by];
  const metrics = { [METRIC]: vote.correct ? 1 : 0 };
  return { ...line(samples, voteFilter(group), winner?.filtered_resps ?? [NOTHING], metrics), ...metrics };
}

function voteMetrics(group: RepeatsRecord, votes: readonly { readonly [METRIC]: number }[]): FilteredMetrics {
  return {
    filter: voteFilter(group),
    functions: [FILTER, 'majority_vote'],
    metrics: { [METRIC]: votes.map((one) => one[METRIC]) },
  };
}

/** One line of samples_*.jsonl: what the repeats share of their samples, and lists of what they do not. */
function line(
  samples: Answered,
  filter: string,
  answers: readonly string[],
  metrics: Readonly<Record<string, number>>,
) {
  const [{ doc_id, doc, target, arguments: asked, doc_hash, prompt_hash, target_hash, suite_hash }] = samples;
  return {
    ...{ doc_id, doc, target, arguments: asked },
    resps: [samples.flatMap(({ resps }) => resps.flat())],
    filtered_resps: [answers],
    filter,
    metrics: Object.keys(metrics),
    ...{ doc_hash, prompt_hash, target_hash },
    ...metrics,
    verdicts: samples.map(({ verdict }) => verdict),
    finish_reasons: listOf(samples, ({ finish_reason }) => finish_reason),
    prompt_tokens: listOf(samples, ({ prompt_tokens }) => prompt_tokens),
    output_tokens: listOf(samples, ({ output_tokens }) => output_tokens),
    thinking_tokens: listOf(samples, ({ thinking_tokens }) => thinking_tokens),
    graders: samples.map(({ grader }) => grader),
    judged_by_hand: listOf(samples, ({ judged_by_hand }) => judged_by_hand),
    // A template may name the day: where prompts differ, these say so.
    prompt_hashes: samples.map((sample) => sample.prompt_hash),
    runs: samples.map(({ run }) => run),
    suite_hash,
  };
}

/** Null where none of them says anything: a list of nothing but nulls breaks the reader of `datasets` (pyarrow). */
function listOf<T>(samples: Answered, value: (sample: LmEvalSample) => T | null): readonly (T | null)[] | null {
  const all = samples.map(value);
  return all.every((one) => one === null) ? null : all;
}
