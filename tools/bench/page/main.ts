/** A page without an interface: what the benches measure, reached by `page.evaluate`. */
import type { LoadedModel } from '#domain';
import { transformersEngine } from '#engines';
import { embeddedFiles } from '#models';
import { bareEngine } from './bare.ts';
import { endlessModel, modelFiles, type BenchModel, type ModelFiles } from './models.ts';
import { runOnce, type RunFacts } from './runs.ts';
import { questionSuite, suiteOf, type Shape } from './suites.ts';

interface Order {
  readonly model: BenchModel;
  readonly device: 'wasm' | 'webgpu';
}

const never = new AbortController().signal;

function load({ ref, files }: ModelFiles, { device }: Order, reusePrefix = true): Promise<LoadedModel> {
  const embedded = embeddedFiles(document.baseURI);
  const engine = transformersEngine({ files: () => Promise.resolve(files), embedded, reusePrefix });
  return engine.load({ model: ref, device, onProgress: () => undefined }, never);
}

/** Which side begins changes from round to round: what falls or rises over time meets both alike. */
async function inTurns<A, B>(round: number, a: () => Promise<A>, b: () => Promise<B>): Promise<[A, B]> {
  if (round % 2 === 0) return [await a(), await b()];
  const second = await b();
  return [await a(), second];
}

/** How fast the whole engine decodes and how fast the bare loop does; milliseconds from the first token to the last. */
async function overhead(
  order: Order & { readonly tokens: number; readonly rounds: number },
): Promise<{ readonly bareMs: number; readonly workerMs: number; readonly pageMs: number; readonly same: boolean }[]> {
  const files = await endlessModel(order.model);
  const model = await load(files, order);
  const bare = await bareEngine(files, order.device);
  const suite = questionSuite('What is 12 + 30?', order.tokens);
  const prompt = await model.render([{ role: 'user', content: 'What is 12 + 30?' }]);
  const rounds = [];
  // One round more than asked for: the first one warms both up.
  for (let round = -1; round < order.rounds; round += 1) {
    const asked = (): Promise<RunFacts> => runOnce(model, files.ref, suite);
    const [ours, theirs] = await inTurns(round, asked, () => bare.generate(prompt, order.tokens));
    const [answer] = ours.answers;
    if (answer?.outputTokens !== order.tokens) throw new Error(`not ${order.tokens} tokens: ${JSON.stringify(ours)}`);
    const times = { bareMs: theirs.decodeMs, workerMs: answer.decodeMs, pageMs: ours.pageDecodeMs };
    rounds.push({ ...times, same: theirs.text === answer.output });
  }
  bare.end();
  await model.dispose();
  return rounds.slice(1);
}

/** Suites of several shapes with and without reuse: the same model twice, so that neither waits for a load. */
async function prefix(
  order: Order & {
    readonly shapes: readonly Shape[];
    readonly passageTokens: number;
    readonly maxTokens: number;
    readonly rounds: number;
  },
): Promise<{ readonly withReuse: RunFacts; readonly without: RunFacts }[][]> {
  const files = await modelFiles(order.model);
  const reusing = await load(files, order);
  console.info('one model is loaded');
  const plain = await load(files, order, false);
  console.info('both models are loaded');
  const measured = [];
  for (const shape of order.shapes) {
    const suite = await suiteOf({ ...order, ...shape }, plain);
    const rounds = [];
    for (let round = 0; round < order.rounds; round += 1) {
      // Nothing of the round before is left to be taken up.
      for (const model of [reusing, plain]) await runOnce(model, files.ref, questionSuite('Hello', 1));
      const fast = (): Promise<RunFacts> => runOnce(reusing, files.ref, suite);
      const [withReuse, without] = await inTurns(round, fast, () => runOnce(plain, files.ref, suite));
      rounds.push({ withReuse, without });
      console.info(`${shape.questions} questions: ${withReuse.seconds} s with reuse, ${without.seconds} s without`);
    }
    measured.push(rounds);
  }
  await reusing.dispose();
  await plain.dispose();
  return measured;
}

/** Loads, answers, unloads. */
async function loadOnce(order: Order): Promise<void> {
  const files = await modelFiles(order.model);
  const model = await load(files, order);
  await runOnce(model, files.ref, questionSuite('What is 12 + 30?', 4));
  await model.dispose();
}

const page = { overhead, prefix, loadOnce };

declare global {
  // `var` is the only way to declare a property of the global object.
  var bench: typeof page;
}

globalThis.bench = page;
