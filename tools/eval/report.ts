import { countVerdicts, metricsOf, type ItemRecord, type RunHeader, type Verdict } from '#domain';

/** The keys of the last line; the table above it is for people. Accuracy and its bounds are shares of `n`. */
export interface EvalFigures {
  readonly run: string;
  readonly model: string;
  readonly suite: string;
  readonly device: string;
  /** Items scored: asked, and answered by the engine in some way. */
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly noAnswer: number;
  readonly truncated: number;
  readonly unscored: number;
  readonly seconds: number;
}

export function figuresOf(header: RunHeader): EvalFigures {
  const counts = countVerdicts(header.verdicts);
  const metrics = metricsOf(counts);
  const { model, suite } = header.spec;
  return {
    run: header.id,
    model: `${model.id} ${model.build.quantisation}`,
    suite: `${suite.id}@${suite.version}`,
    device: header.environment.device,
    n: metrics.scored,
    correct: counts.correct,
    accuracy: rounded(metrics.accuracy, 4),
    low: rounded(metrics.interval?.low ?? null, 4),
    high: rounded(metrics.interval?.high ?? null, 4),
    noAnswer: counts.noAnswer,
    truncated: counts.truncated,
    unscored: counts.unscored,
    seconds: Math.round(header.seconds * 10) / 10,
  };
}

/** One line for each item, then the sums. */
export function tableOf(header: RunHeader, items: readonly ItemRecord[]): string {
  const rows = items.map((item) => [word(item.verdict), item.itemId, answerOf(item)] as const);
  const width = Math.max(...rows.map(([, id]) => id.length), 4);
  const lines = rows.map(([verdict, id, answer]) => `${verdict.padEnd(10)} ${id.padEnd(width)}  ${answer}`);
  const { spec, environment } = header;
  const figures = figuresOf(header);
  const share = (x: number | null): string => (x === null ? '–' : `${(100 * x).toFixed(1)} %`);
  const selfTest = environment.selfTest.kind;
  return [
    ...lines,
    '',
    `model     ${spec.model.name} (${spec.model.build.quantisation}, ${environment.engine.id} ${environment.engine.version})`,
    `suite     ${figures.suite} ${spec.suite.hash.slice(0, 12)}`,
    `device    ${environment.device}, self-test ${selfTest}, ${environment.browser}`,
    `accuracy  ${figures.correct} of ${figures.n} = ${share(figures.accuracy)}, 95 % interval ${share(figures.low)} to ${share(figures.high)}`,
    `besides   ${figures.noAnswer} without an answer, ${figures.truncated} truncated, ${figures.unscored} unscored`,
    ...thinkingOf(header),
    `time      ${figures.seconds} s${rate(header)}`,
  ].join('\n');
}

function thinkingOf({ spec, thinking }: RunHeader): readonly string[] {
  if (spec.thinking === undefined) return [];
  const mode = spec.thinking.mode === 'on' ? `on, at most ${spec.thinking.budget} tokens` : 'off';
  if (thinking === undefined) return [`thinking  ${mode}; in no answer`];
  const mean = Math.round(thinking.tokens / Math.max(1, thinking.items));
  const cut = `${thinking.cutThinking} cut while thinking, ${thinking.cutAnswering} cut while answering`;
  return [`thinking  ${mode}; in ${thinking.items} answers, ${mean} tokens each on average, ${cut}`];
}

function rate(header: RunHeader): string {
  return header.decodeMs === 0
    ? ''
    : `, ${((1000 * header.decodedTokens) / header.decodeMs).toFixed(1)} tokens/s decoded`;
}

function word(verdict: Verdict): string {
  if (verdict.kind === 'graded') return verdict.correct ? 'correct' : 'incorrect';
  return verdict.kind === 'noAnswer' ? 'no answer' : verdict.kind;
}

function answerOf({ verdict, output }: ItemRecord): string {
  if (verdict.kind === 'graded') return verdict.answer.text;
  if (verdict.kind === 'unscored') return `${verdict.failure.code}: ${verdict.failure.detail}`;
  return JSON.stringify(output.slice(0, 60));
}

function rounded(x: number | null, digits: number): number | null {
  return x === null ? null : Number(x.toFixed(digits));
}
