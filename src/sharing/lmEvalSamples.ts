import { decodeIds, sha256Hex, type Item, type ItemRecord, type Override, type RunSpec, type Suite } from '#domain';

/** The name of the share of correct items, and of what takes the answer out of the output, in lm-eval's terms. */
export const METRIC = 'exact_match';
export const FILTER = 'tabeval';

/** What lm-eval puts where its filter finds nothing. */
export const NOTHING = '[invalid]';

/** What lm-eval hashes of every sample, whatever else it has. */
export interface SampleHashes {
  readonly doc_hash: string;
  readonly prompt_hash: string;
  readonly target_hash: string;
}

export interface LmEvalSample {
  readonly doc_id: number;
  readonly doc: object;
  readonly target: string;
  readonly arguments: object;
  readonly resps: readonly (readonly string[])[];
  readonly filtered_resps: readonly string[];
  readonly filter: typeof FILTER;
  readonly metrics: readonly [typeof METRIC];
  readonly doc_hash: string;
  readonly prompt_hash: string;
  readonly target_hash: string;
  readonly [METRIC]: 0 | 1;
  /** Ours from here on. */
  readonly verdict: string;
  readonly finish_reason: string | null;
  readonly prompt_tokens: number | null;
  readonly output_tokens: number | null;
  /** Without the end token; null where the engine did not tell them. */
  readonly output_token_ids: readonly number[] | null;
  readonly thinking_tokens: number | null;
  readonly thinking_cut: boolean | null;
  readonly grader: string;
  /** What a person judged of the answer, beside the grader's verdict; null where nobody did. */
  readonly judged_by_hand: 'right' | 'wrong' | null;
  readonly judgement_note: string | null;
  readonly run: string;
  readonly suite_hash: string;
}

interface Asked {
  readonly record: ItemRecord;
  readonly item: Item;
  /** Of the item in its suite, from 0. */
  readonly place: number;
  readonly suite: Suite;
  readonly spec: RunSpec;
  readonly override: Override | null;
}

/** How tokens were chosen, as lm-eval names it for Hugging Face models. The seed stands in `config`. */
export function generationSettings({ sampling, maxTokens, thinking }: RunSpec): object {
  // Thinking has no budget of its own there: it counts as generated.
  const budget = thinking?.mode === 'on' ? thinking.budget + maxTokens : maxTokens;
  const shared = { until: [], do_sample: sampling.kind !== 'greedy', max_gen_toks: budget };
  if (sampling.kind === 'greedy') return shared;
  const { temperature, topP, topK, minP, repetitionPenalty } = sampling;
  return {
    ...shared,
    temperature,
    top_p: topP,
    // 0 is "all" there.
    top_k: topK ?? 0,
    min_p: minP,
    repetition_penalty: repetitionPenalty,
  };
}

/** One line of samples_*.jsonl. */
export function sampleOf({ record, item, place, suite, spec, override }: Asked): LmEvalSample {
  const { verdict, usage } = record;
  const doc = docOf(item, suite);
  const target = item.gold.value;
  const isGraded = verdict.kind === 'graded';
  return {
    doc_id: place,
    doc,
    target,
    arguments: { gen_args_0: { arg_0: record.prompt, arg_1: generationSettings(spec) } },
    resps: [[record.output]],
    filtered_resps: [isGraded ? verdict.answer.text : NOTHING],
    filter: FILTER,
    metrics: [METRIC],
    // Python's json.dumps(doc, indent=2, ensure_ascii=False) writes texts, lists and objects as JSON.stringify does.
    doc_hash: sha256Hex(JSON.stringify(doc, null, 2)),
    prompt_hash: sha256Hex(record.prompt),
    target_hash: sha256Hex(target),
    [METRIC]: isGraded && verdict.correct ? 1 : 0,
    verdict: isGraded ? (verdict.correct ? 'correct' : 'incorrect') : verdict.kind,
    finish_reason: record.finish,
    prompt_tokens: usage?.promptTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    output_token_ids: record.outputIds === undefined ? null : decodeIds(record.outputIds),
    thinking_tokens: record.thinking?.tokens ?? null,
    thinking_cut: record.thinking?.cut ?? null,
    grader: `${record.grader.id}@${record.grader.version}`,
    judged_by_hand: override?.judged ?? null,
    judgement_note: override?.note ?? null,
    run: record.runId,
    suite_hash: spec.suite.hash,
  };
}

/** The item with its passage: texts only, because numbers are written differently by Python. */
function docOf({ id, language, question, passage, gold, tags }: Item, suite: Suite): object {
  return {
    id,
    language,
    question,
    passage: passage === undefined ? '' : (suite.passages.find((one) => one.id === passage)?.text ?? ''),
    gold: { value: gold.value, unit: gold.unit ?? null, aliases: [...(gold.aliases ?? [])] },
    tags: [...tags],
  };
}

/** lm-eval's `task_hashes`: over the hashes of all samples, one after the other. */
export function samplesHash(samples: readonly SampleHashes[]): string {
  return sha256Hex(samples.map((s) => s.doc_hash + s.prompt_hash + s.target_hash).join(''));
}
