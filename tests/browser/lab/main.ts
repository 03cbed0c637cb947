/** A page without an interface: puts the engines and the models where a test can reach them by `page.evaluate`. */
import * as domain from '#domain';
import * as engines from '#engines';
import * as models from '#models';
import { engineContract, type EngineSubject } from '../../contracts/engine.ts';
import { firstLogits } from './logits.ts';
import { testPerturbed } from './perturb.ts';

const never = new AbortController().signal;
const library = models.modelLibrary(document.baseURI);

function engine(options: Partial<engines.TransformersOptions> = {}): domain.Engine {
  const embedded = models.embeddedFiles(document.baseURI);
  return engines.transformersEngine({ files: (ref) => library.files(ref), embedded, ...options });
}

/** Device and build as already tested: on a software GPU the tests take ten seconds of each load. */
const tested = {
  knownSelfTest: { result: { kind: 'valid', cases: 2, maxDifference: 0 }, subgroups: false },
  knownBuildTest: {
    ...{ kind: 'valid', against: 'band', tokens: 1 },
    ...{ meanDifference: 0, worstDifference: 0, agreement: 1 },
  },
} as const satisfies Partial<domain.LoadRequest>;

interface LoadOptions extends Partial<engines.TransformersOptions> {
  readonly known?: Partial<Pick<domain.LoadRequest, keyof typeof tested>>;
}

function load(
  ref: domain.ModelRef,
  device: 'wasm' | 'webgpu',
  { known, ...options }: LoadOptions = {},
): Promise<domain.LoadedModel> {
  return engine(options).load({ model: ref, device, onProgress: () => undefined, ...known }, never);
}

interface Answer {
  readonly prompt: string;
  readonly events: readonly domain.GenerateEvent[];
}

async function answer(
  model: domain.LoadedModel,
  messages: readonly domain.Message[],
  maxTokens: number,
  signal: AbortSignal = never,
): Promise<Answer> {
  const prompt = await model.render(messages);
  const request = { messages, prompt, maxTokens, sampling: { kind: 'greedy' } } as const;
  const events: domain.GenerateEvent[] = [];
  for await (const event of model.generate(request, signal)) events.push(event);
  return { prompt, events };
}

/** Null: the case held; else what was broken. */
async function contractCase(name: string): Promise<string | null> {
  const inner = engine();
  const subject: EngineSubject = {
    // Without the tests of a load, whose seconds say nothing about the contract.
    engine: { ...inner, load: (request, signal) => inner.load({ ...request, ...tested }, signal) },
    model: models.embeddedModel.ref,
    device: 'wasm',
    tellsIds: true,
    question: [{ role: 'user', content: 'Item  2023\nCash  1,204\nRevenue  35,100\n\nWhat was Revenue in 2023?' }],
  };
  try {
    await engineContract.find((c) => c.name === name)?.run(subject);
    return null;
  } catch (thrown) {
    return String(thrown);
  }
}

/** The failure with which something rejects. */
async function failureOf(promise: Promise<unknown>): Promise<domain.Failure | null> {
  return promise.then(
    () => null,
    (thrown: unknown) => domain.toFailure(thrown),
  );
}

/** Locks of workers that are alive. */
async function livingWorkers(): Promise<number> {
  const { held = [] } = await navigator.locks.query();
  return held.filter((lock) => lock.name?.startsWith('tabeval-worker-')).length;
}

const lab = {
  ...{ domain, engines, models, library, engine, load, answer, contractCase, failureOf, livingWorkers },
  ...{ firstLogits, testPerturbed, tested },
  embedded: models.embeddedModel,
};

export type Lab = typeof lab;

declare global {
  // `var` is the only way to declare a property of the global object.
  var lab: Lab;
}

globalThis.lab = lab;
