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
      const resolved = this.#device.resolve(device);
      // Suite after suite of one model, and repeat after repeat of one suite: the model stays in memory meanwhile.
      return models.flatMap((model) =>
        texts.flatMap((suite) =>
          samplings(model).map((sampling, place, all) => ({
            model,
            suite,
            device: model.ref.source === 'server' ? ('server' as const) : resolved,
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

  /** `find`: App.resumeRequest. */
  resume(header: RunHeader, find: (header: RunHeader) => Promise<JobRequest | 'model-missing' | 'suite-missing'>) {
    return this.#launch(async () => {
      const request = await find(header);
      if (typeof request !== 'string') return [request];
      const { model, suite } = header.spec;
      this.#problem = failure(request, request === 'model-missing' ? model.name : `${suite.id}@${suite.version}`);
      return [];
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

function offered(suite: Suite, variant: VariantId): VariantId {
  return variantsOf(suite).some(({ id }) => id === variant) ? variant : 'plain';
}
