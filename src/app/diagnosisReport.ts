/** The report of a diagnosis, for whoever is asked for help: English, and nothing that says whose machine it is. */
import { testVerdict, type Failure, type ModelRef } from '#domain';
import { DIAGNOSIS_STEPS, type Diagnosis, type StepState } from './diagnosis.ts';

/** Addresses and paths, which libraries put into their messages. */
const PLACES = [
  /\b(?:https?|wss?|file|blob):\S+/gi,
  /\b[a-z]:\\[^\s"']+/gi,
  /(?<![\w.])(?:\/[\w.@%+~-]+){2,}/g,
  /\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?\b/gi,
] as const;

export function withoutPlaces(text: string): string {
  return PLACES.reduce((rest, pattern) => rest.replace(pattern, '[left out]'), text);
}

/** A folder's name may be a person's: only what a model is made of is told of it. */
function modelOf({ id, source, build, revision, files }: ModelRef) {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { id: source === 'folder' ? 'from a folder' : id, source, build, revision, bytes };
}

/** As JSON is made of it. */
export function reportOf(diagnosis: Diagnosis, version: string) {
  const { startedAt, device, probe, room, phases, environment, contextLength, suite } = diagnosis;
  return {
    format: 'tabeval-diagnosis',
    schema: 1,
    version,
    startedAt,
    steps: DIAGNOSIS_STEPS.map((id) => ({ id, ...told(diagnosis.steps[id]) })),
    ...{ device, model: modelOf(diagnosis.model), contextLength },
    ...{ probe, room, loading: phases, environment: environment === null ? null : clean(environment) },
    verdict: environment === null ? null : testVerdict(environment, diagnosis.model.source),
    suite,
    items: diagnosis.items.map((item) => ({ ...item, failure: item.failure && toldFailure(item.failure) })),
  };
}

function told(state: StepState): StepState {
  return state.kind === 'failed'
    ? { ...state, ms: round(state.ms), failure: toldFailure(state.failure) }
    : rounded(state);
}

function rounded(state: StepState): StepState {
  return state.kind === 'done' ? { ...state, ms: round(state.ms) } : state;
}

function toldFailure({ code, detail, retryable }: Failure): Failure {
  return { code, detail: withoutPlaces(detail), retryable };
}

/** Every text in it, however deep: libraries' words stand in the reasons of tests. */
function clean<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? withoutPlaces(part) : part,
  ) as T;
}

function round(ms: number): number {
  return Math.round(ms);
}

export function markdownReport(diagnosis: Diagnosis, version: string): string {
  const report = reportOf(diagnosis, version);
  const { probe, room, environment } = report;
  const section = (title: string, lines: readonly string[]): string => `### ${title}\n\n${lines.join('\n')}\n`;
  const mib = (bytes: number | null): string => (bytes === null ? '?' : `${Math.round(bytes / 2 ** 20)} MiB`);
  const gpu = probe?.webgpu ?? null;
  const device =
    probe === null
      ? ['not probed']
      : [
          `- browser: ${probe.browser} on ${probe.os}; isolated: ${probe.crossOriginIsolated}; threads: ${probe.threads}`,
          gpu === null
            ? '- WebGPU: none'
            : `- WebGPU: ${[gpu.vendor, gpu.architecture, gpu.description].filter(Boolean).join(' / ')}; f16: ${gpu.f16}; ` +
              `smallest subgroup: ${gpu.subgroupMinSize ?? '?'}; software: ${gpu.software}`,
          ...(gpu === null
            ? []
            : [`- limits: binding ${mib(gpu.maxBindingBytes)}, buffer ${mib(gpu.maxBufferBytes ?? null)}`]),
          `- recommended: ${probe.recommended.device} (${probe.recommended.because})`,
        ];
  const storage =
    room === null
      ? ['not read']
      : [
          `- used ${mib(room.usedBytes)} of ${mib(room.quotaBytes)}; kept: ${room.persisted ?? '?'}; ` +
            `memory: ${room.memoryGiB === null ? '?' : `${room.memoryGiB} GiB or more`}`,
        ];
  const tests =
    environment === null
      ? ['not run']
      : [
          `- verdict: **${report.verdict}**`,
          `- device: ${JSON.stringify(environment.selfTest)}`,
          `- build: ${JSON.stringify(environment.buildTest ?? null)}`,
          `- cures: ${JSON.stringify(environment.cures ?? [])}`,
          `- engine: ${environment.engine.id} ${environment.engine.version} on ${environment.device}`,
        ];
  const { model } = report;
  return [
    `## Tabeval ${version}: diagnosis of ${report.startedAt}\n`,
    section('Steps', report.steps.map(stepLine)),
    section('Browser and GPU', device),
    section('Storage and memory', storage),
    section('Model', [
      `- ${model.id} (${model.source}), ${model.build.quantisation} for ${model.build.engine}, ${mib(model.bytes)}, ` +
        `revision ${model.revision}; asked for on ${report.device}; context ${report.contextLength ?? '?'}`,
      ...report.loading.map(({ phase, ms }) => `- ${phase}: ${round(ms)} ms`),
    ]),
    section('Self-tests', tests),
    section(`Questions of ${report.suite}`, report.items.length === 0 ? ['none asked'] : report.items.map(itemLine)),
  ].join('\n');
}

function stepLine(step: { readonly id: string } & StepState): string {
  switch (step.kind) {
    case 'done':
      return `- ${step.id}: done in ${step.ms} ms`;
    case 'failed':
      return `- ${step.id}: **failed** after ${step.ms} ms: \`${step.failure.code}\` ${step.failure.detail}`;
    case 'running':
    case 'skipped':
    case 'waiting':
      return `- ${step.id}: ${step.kind}`;
  }
}

function itemLine({
  id,
  letter,
  outputTokens,
  firstTokenMs,
  decodeMs,
  failure,
}: ReturnType<typeof reportOf>['items'][number]) {
  if (failure !== null) return `- ${id}: unscored: \`${failure.code}\` ${failure.detail}`;
  const rate =
    outputTokens !== null && decodeMs !== null && decodeMs > 0 ? (outputTokens - 1) / (decodeMs / 1000) : null;
  const speed = rate === null ? '' : `, ${rate.toFixed(1)} tokens/s`;
  return `- ${id}: ${letter}, ${outputTokens ?? '?'} tokens, first after ${Math.round(firstTokenMs ?? 0)} ms${speed}`;
}
