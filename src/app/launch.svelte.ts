import {
  failure,
  GREEDY,
  toFailure,
  variantsOf,
  type Failure,
  type RunHeader,
  type Sampling,
  type Suite,
  type ThinkingWish,
  type VariantId,
} from '#domain';
import type { DeviceChoice, DeviceState } from './device.svelte.ts';
import type { JobRequest } from './job.ts';
import type { Runner } from './runner.svelte.ts';

/** What a start needs: every model is asked every suite, one after the other. */
export interface Launch {
  readonly models: readonly JobRequest['model'][];
  /** Each fetches a suite's texts. */
  readonly suites: readonly (() => Promise<Suite>)[];
  readonly device: DeviceChoice;
  /** Absent: the items are asked plainly, as those of a suite that does not offer this way. */
  readonly variant?: VariantId;
  /** For the models that can think; absent: they do, within the usual budget. */
  readonly thinking?: ThinkingWish;
  /** How each model chooses tokens: one run for each sampling of the list. Absent: greedily, once. */
  readonly samplings?: (model: JobRequest['model']) => readonly Sampling[];
  readonly limit: number | null;
}

/** App.resumeRequest. */
type FindRequest = (header: RunHeader) => Promise<JobRequest | 'model-missing' | 'suite-missing'>;

/** Turns a click into a queue. What keeps it from starting is shown beside the button: nothing here throws. */
export class Launcher {
  #preparing = $state(false);
  #problem = $state.raw<Failure | null>(null);
  readonly #runner: Runner;
  readonly #device: DeviceState;

  constructor(runner: Runner, device: DeviceState) {
    this.#runner = runner;
    this.#device = device;
  }

  /** From the click until the queue stands: a second click would start twice. */
  get preparing(): boolean {
    return this.#preparing;
  }

  get problem(): Failure | null {
    return this.#problem;
  }

  start({
    models,
    suites,
    device,
    variant = 'plain',
    samplings = () => [GREEDY],
    thinking,
    limit,
  }: Launch): Promise<void> {
    return this.#launch(async () => {
      const [texts] = await Promise.all([Promise.all(suites.map((suite) => suite())), this.#device.known()]);
      // Suite after suite of one model, and repeat after repeat of one suite: the model stays in memory meanwhile.
      return models.flatMap((model) =>
        texts.flatMap((suite) =>
          samplings(model).map((sampling, place, all) => ({
            model,
            suite,
            device: model.ref.source === 'server' ? ('server' as const) : this.#device.resolve(device, model.ref.build),
            variant: offered(suite, variant),
            sampling,
            ...(thinking === undefined ? {} : { thinking }),
            ...(all.length === 1 ? {} : { repeat: { n: place + 1, of: all.length } }),
            limit,
            resume: null,
          })),
        ),
      );
    });
  }

  resume(header: RunHeader, find: FindRequest): Promise<void> {
    return this.resumeAll([header], find);
  }

  /** Goes on with all of them, as far as their models and suites are there; of those that are not, the last is named. */
  resumeAll(headers: readonly RunHeader[], find: FindRequest): Promise<void> {
    return this.#launch(async () => {
      const found = await Promise.all(headers.map(async (header) => ({ header, request: await find(header) })));
      return found.flatMap(({ header, request }) => {
        if (typeof request !== 'string') return [request];
        this.#problem = missingFailure(header, request);
        return [];
      });
    });
  }

  /** Starts what `requests` makes; what it throws is shown as the problem. */
  startWith(requests: () => Promise<readonly JobRequest[]>): Promise<void> {
    return this.#launch(requests);
  }

  async #launch(requests: () => Promise<readonly JobRequest[]>): Promise<void> {
    if (this.#preparing || this.#runner.busy) return;
    this.#preparing = true;
    this.#problem = null;
    try {
      // Not awaited: the queue shows its own course, and ends long after the click.
      void this.#runner.start(await requests());
    } catch (thrown) {
      this.#problem = toFailure(thrown);
    } finally {
      this.#preparing = false;
    }
  }
}

/** A model of a server is there again when its server is connected. */
function missingFailure({ spec: { model, suite } }: RunHeader, what: 'model-missing' | 'suite-missing'): Failure {
  if (what === 'suite-missing') return failure(what, `${suite.id}@${suite.version}`);
  return failure(model.source === 'server' ? 'no-model' : what, model.name);
}

function offered(suite: Suite, variant: VariantId): VariantId {
  return variantsOf(suite).some(({ id }) => id === variant) ? variant : 'plain';
}
