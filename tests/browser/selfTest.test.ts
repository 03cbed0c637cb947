/** Each build's own test, in a real browser: what is right is never found wrong, one wrong scale is. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { BuildTest } from '#domain';
import { embeddedFolder, smolFolder } from './golden.ts';
import { openLab, type LabSite } from './harness.ts';
import { tensorPlaces } from './onnxTensors.ts';

let site: LabSite;
let page: Page;

beforeAll(async () => {
  site = await openLab({ webgpu: false });
  page = await site.open();
});
afterAll(() => site.close());

interface Change {
  readonly tensor: string;
  readonly first: number;
  readonly count: number;
  readonly factor: number;
}

/** What a build's own test says of a model in a folder, after each change of its weights. */
async function testChanged(
  folder: string,
  weights: string,
  changes: readonly Change[],
  threads = 2,
): Promise<BuildTest[]> {
  const places = new Map(tensorPlaces(readFileSync(join(folder, weights))).map((t) => [t.name, t]));
  const perturbations = changes.map(({ tensor, first, count, factor }) => {
    const place = places.get(tensor);
    if (place === undefined || place.type !== 1) throw new Error(`no float32 tensor ${tensor}`);
    return { offset: place.offset + 4 * first, count, factor };
  });
  await page.evaluate(() => {
    document.body.innerHTML = '<input type="file" webkitdirectory>';
  });
  await page.locator('input').setInputFiles(folder);
  return page.evaluate(
    async ([path, all, count]) => {
      const files = lab.models.filesOfPicker(document.querySelector('input')?.files ?? []);
      const quantisation = path === 'onnx/model.onnx' ? 'fp32' : 'q4';
      const never = new AbortController().signal;
      const card = await lab.library.import(files, quantisation, () => undefined, never);
      const root = (name: string): string => name.replace(/^[^/]*\//, '');
      const blobs = Object.fromEntries(files.map(({ path: name, file }) => [root(name), file]));
      return lab.testPerturbed({ ref: card.ref, files: blobs, weights: path, changes: all, threads: count });
    },
    [weights, perturbations, threads] as const,
  );
}

function words(test: BuildTest): string {
  if (test.kind === 'unverified') return `unverified: ${test.reason} ${test.detail}`;
  const { meanDifference, worstDifference, agreement } = test;
  return `${test.kind}: mean ${meanDifference.toFixed(5)}, worst ${worstDifference.toFixed(5)}, agreement ${agreement.toFixed(4)}`;
}

const none = { first: 0, count: 0, factor: 1 };

describe('the embedded model', () => {
  /** One block of 32 weights, as if its scale were wrong; one gain; a whole layer's matrix. `from`: the least caught. */
  const cases = [
    { tensor: 'q_1_W', first: 0, count: 32, from: 1.05 },
    { tensor: 'v_0_W', first: 0, count: 32, from: 1.05 },
    { tensor: 'o_2_W', first: 800, count: 32, from: 1.05 },
    { tensor: 'down_3_W', first: 320, count: 32, from: 1.05 },
    { tensor: 'gate_0_W', first: 64, count: 32, from: 1.2 },
    { tensor: 'up_1_W', first: 64, count: 32, from: 1.2 },
    { tensor: 'ln1_2', first: 7, count: 1, from: 1.05 },
    { tensor: 'k_3_W', first: 0, count: 25_600, from: 1.05 },
    { tensor: 'embed_W', first: 8_000, count: 32, from: 2 },
  ];

  test('is found right as it is, and wrong with one wrong scale in one layer', async () => {
    const changes = cases.flatMap((c) => [1.05, 1.2, 2].map((factor) => ({ ...c, factor })));
    const [clean, ...tests] = await testChanged(embeddedFolder, 'onnx/model.onnx', [
      { tensor: 'q_1_W', ...none },
      ...changes,
    ]);
    console.log(`unchanged: ${clean === undefined ? '' : words(clean)}`);
    for (const [i, { tensor, count, factor }] of changes.entries()) {
      const found = tests[i];
      console.log(`${count} of ${tensor} × ${factor}: ${found === undefined ? '' : words(found)}`);
    }
    expect(clean).toMatchObject({ kind: 'valid', against: 'band', tokens: 268, agreement: 1 });
    // What moves no token by 0.005 nats is not seen: one block of gate, up or embedding, wrong by a twentieth.
    expect(tests.map(({ kind }) => kind)).toEqual(
      changes.map(({ factor, from }) => (factor >= from ? 'invalid' : 'valid')),
    );
  });
});

const here = existsSync(smolFolder);
const why = here ? '' : ' (skipped: ../shared/models/smollm2-135m-instruct is not here)';
describe.skipIf(!here)(`SmolLM2-135M-Instruct q4${why}`, () => {
  test('is found right as it is, and wrong with the scale of one block of 32 weights ten times too large', async () => {
    const changes = [{ tensor: 'down_15_S', first: 5, count: 1, factor: 10 }];
    const [clean, ...tests] = await testChanged(smolFolder, 'onnx/model_q4.onnx', [
      { tensor: 'v_0_S', ...none },
      ...changes,
    ]);
    console.log([clean, ...tests].map((found) => (found === undefined ? '' : words(found))).join('\n'));
    expect(clean).toMatchObject({ kind: 'valid', against: 'band' });
    expect(tests.map(({ kind }) => kind)).toEqual(changes.map(() => 'invalid'));
  });
});

describe('whatever the number of threads', () => {
  test.each([1, 2, 4])('%i: valid', async (threads) => {
    const tests = await testChanged(embeddedFolder, 'onnx/model.onnx', [{ tensor: 'q_1_W', ...none }], threads);
    expect(tests).toMatchObject([{ kind: 'valid', agreement: 1 }]);
  });
});
