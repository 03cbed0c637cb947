import {
  askedAs,
  canonicalJson,
  failure,
  FailureError,
  GREEDY,
  notTaken,
  runThinking,
  suiteRef,
  usualThinkingBudget,
  type Environment,
  type LoadedModel,
  type RunHeader,
  type RunSpec,
} from '#domain';
import type { JobRequest } from './job.ts';
import type { RunnerPorts } from './ports.ts';
import { canThink } from './thinkingAbility.ts';

/**
 * The header of a new run: everything that decides the outputs, known before the first item is asked. `request`: with
 * the model that is in memory, which after a cure is another build; `environment`: with the cures.
 * `id`: of the run.
 */
export function newHeader(
  request: JobRequest,
  model: LoadedModel,
  environment: Environment,
  ports: Pick<RunnerPorts, 'clock' | 'newId'>,
  id = ports.newId(),
): RunHeader {
  const { suite, variant = 'plain', sampling = GREEDY } = request;
  const itemIds = suite.items.slice(0, request.limit ?? suite.items.length).map((item) => item.id);
  const now = ports.clock.now();
  const ignored = notTaken(sampling, model.unknownSampling ?? []);
  const spec: RunSpec = {
    suite: suiteRef(suite),
    itemIds,
    model: request.model.ref,
    sampling,
    ...(ignored.length === 0 ? {} : { samplingNotTaken: ignored }),
    promptVariant: variant,
    maxTokens: askedAs(suite, variant).maxTokens,
    ...thinkingOf(request, model),
    contextLength: model.contextLength,
    renderedBy: model.renderedBy ?? 'tabeval',
    templateHash: model.templateHash,
  };
  return {
    schema: 1,
    id,
    spec,
    environment,
    state: { kind: 'running' },
    startedAt: now,
    updatedAt: now,
    seconds: 0,
    decodedTokens: 0,
    decodeMs: 0,
    verdicts: '.'.repeat(itemIds.length),
  };
}

function thinkingOf(request: JobRequest, model: LoadedModel): Pick<RunSpec, 'thinking'> {
  if (model.thinking === undefined || !canThink(request.model, model)) return {};
  const wish = request.thinking ?? { mode: 'on', budget: usualThinkingBudget(model.contextLength) };
  return { thinking: runThinking(model.thinking, wish) };
}

/**
 * A run goes on only where its second half would be made like its first: same device, engine version, adapter, chat
 * template. Throws a FailureError `environment-changed` that says what is different.
 */
export function assertResumable(header: RunHeader, model: LoadedModel): void {
  const before = header.environment;
  const now = model.environment;
  const parts: readonly (readonly [string, unknown, unknown])[] = [
    ['device', before.device, now.device],
    ['engine', before.engine, now.engine],
    ['adapter', before.adapter, now.adapter],
    ['chat template', header.spec.templateHash, model.templateHash],
  ];
  const different = parts.filter(([, a, b]) => canonicalJson(a) !== canonicalJson(b));
  if (different.length === 0) return;
  const words = different.map(([name, a, b]) => `${name}: ${canonicalJson(a)} → ${canonicalJson(b)}`);
  throw new FailureError(failure('environment-changed', words.join('; ')));
}
