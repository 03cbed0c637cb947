import { samplingCode, type Device, type JudgedByHand, type Metrics, type RunHeader } from '#domain';
import { formatDateTime, formatNumber, formatPercent, localText, m } from '#i18n';

interface Losses {
  readonly noAnswer: number;
  readonly truncated: number;
  readonly unscored: number;
}

const DEVICES: Readonly<Record<Device, () => string>> = {
  webgpu: () => 'WebGPU',
  wasm: () => 'WASM',
  server: m.device_server,
  scripted: m.device_scripted,
};

/** The run in words that can be read without opening the link. */
export function shareText(header: RunHeader, facts: Metrics & Losses, byHand: JudgedByHand, link: string): string {
  const { model, suite, sampling } = header.spec;
  const lines = [
    m.result_text_run({
      model: `${model.name} (${model.build.quantisation})`,
      suite: `${localText(suite.title)} ${suite.version}`,
    }),
    ...(sampling.kind === 'greedy' ? [] : [m.repeats_share_text({ values: samplingCode(sampling) })]),
    facts.accuracy === null || facts.interval === null
      ? m.accuracy_none()
      : m.result_text_accuracy({
          accuracy: formatPercent(facts.accuracy),
          correct: formatNumber(facts.correct),
          scored: formatNumber(facts.scored),
          low: formatPercent(facts.interval.low, 0),
          high: formatPercent(facts.interval.high, 0),
        }),
    m.result_text_losses({
      truncated: formatNumber(facts.truncated),
      noAnswer: formatNumber(facts.noAnswer),
      unscored: formatNumber(facts.unscored),
    }),
    // The link knows the grader's verdicts only; whoever judged otherwise may say so in words.
    ...(byHand.judgements === 0
      ? []
      : [
          m.result_text_by_hand({
            correct: formatNumber(byHand.correctByHand),
            scored: formatNumber(byHand.scored),
            count: byHand.judgements,
          }),
        ]),
    m.result_text_machine({
      device: DEVICES[header.environment.device](),
      browser: header.environment.browser,
      os: header.environment.os,
      date: formatDateTime(header.startedAt),
    }),
    link,
  ];
  return lines.join('\n');
}
