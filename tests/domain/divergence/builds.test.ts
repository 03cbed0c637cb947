import { describe, expect, it, test } from 'vitest';
import { bitsOf, buildPair, isSameModel, partnersOf, type ModelRef, type RunHeader } from '#domain';
import { runHeader } from '../../fixtures/runs.ts';
import { sampleHeader } from '../../fixtures/sampleRun.ts';

const hub = sampleHeader().spec.model;

function build(id: string, quantisation: string, change: Partial<ModelRef> = {}): ModelRef {
  return { ...hub, id, name: id, build: { ...hub.build, quantisation }, ...change };
}

function run(model: ModelRef, change: Parameters<typeof runHeader>[1] = {}): RunHeader {
  return runHeader('c', { ...change, spec: { ...change.spec, model } });
}

test.each([
  ...[
    ['fp32', 32],
    ['fp16', 16],
    ['q8', 8],
    ['uint8', 8],
    ['q4', 4],
    ['q4f16', 4],
    ['bnb4', 4],
    ['q2f16', 2],
  ],
  ...[
    ['q4f32_1', 4],
    ['q0f16', 16],
    ['q0f32', 32],
  ],
  ...[
    ['Q4_K_M', 4],
    ['Q8_0', 8],
    ['IQ3_XXS', 3],
    ['BF16', 16],
    ['F32', 32],
    ['MXFP4', 4],
  ],
  ...[
    ['unknown', null],
    ['none', null],
    ['', null],
  ],
] as const)('%s has %s bits', (word, bits) => {
  expect(bitsOf(word)).toBe(bits);
});

describe('two builds are of one model', () => {
  test.each([
    ['HuggingFaceTB/SmolLM2-135M-Instruct', 'HuggingFaceTB/SmolLM2-135M-Instruct'],
    ['mlc-ai/Qwen2.5-0.5B-Instruct-q4f16_1-MLC', 'mlc-ai/Qwen2.5-0.5B-Instruct-q0f32-MLC'],
    ['onnx-community/Qwen2.5-0.5B-Instruct', 'mlc-ai/Qwen2.5-0.5B-Instruct-q4f16_1-MLC'],
    ['qwen2.5-0.5b-instruct-q4_k_m.gguf', 'qwen2.5-0.5b-instruct-q8_0.gguf'],
    ['qwen2.5:0.5b-instruct-q4_K_M', 'qwen2.5:0.5b-instruct-fp16'],
    ['folder/embedded-fp32', 'folder/embedded-int8'],
  ])('%s and %s', (a, b) => {
    expect(isSameModel(build(a, 'fp32'), build(b, 'q4'))).toBe(true);
  });

  test.each([
    ['Qwen/Qwen2.5-0.5B-Instruct', 'Qwen/Qwen2.5-1.5B-Instruct'],
    ['Qwen/Qwen2.5-0.5B-Instruct', 'Qwen/Qwen2.5-Coder-0.5B-Instruct'],
    ['folder/q4', 'folder/int8'],
  ])('but not %s and %s', (a, b) => {
    expect(isSameModel(build(a, 'fp32'), build(b, 'q4'))).toBe(false);
  });

  it('nor one name with two tokenizers', () => {
    const files = (sha256: string) => [{ path: 'tokenizer.json', bytes: 1, sha256 }];
    const [a, b] = [
      build('folder/m-fp32', 'fp32', { files: files('a') }),
      build('folder/m-q4', 'q4', { files: files('b') }),
    ];
    expect(isSameModel(a, b)).toBe(false);
    expect(isSameModel(a, { ...b, files: files('a') })).toBe(true);
  });
});

describe('a pair of builds', () => {
  const fine = build('folder/m', 'fp32', { source: 'folder', revision: '1' });
  const coarse = build('folder/m', 'q4', { source: 'folder', revision: '2' });

  it('knows the coarser of the two, and that nothing else differs', () => {
    expect(buildPair(run(fine), run(coarse))).toEqual({ coarser: 1, besides: [] });
    expect(buildPair(run(coarse), run(fine))).toEqual({ coarser: 0, besides: [] });
  });

  it('does not guess which of two words for as many bits is coarser', () => {
    expect(buildPair(run(build('folder/m', 'q4')), run(build('folder/m', 'q4f16')))?.coarser).toBeNull();
  });

  it('names what else differs: engine, device, commit, template', () => {
    const engine = { ...runHeader('c').environment, engine: { id: 'web-llm', version: '0.2.86' } };
    expect(buildPair(run(fine), run(coarse, { environment: engine }))?.besides).toEqual(['other-engine']);
    const commits = [
      build('org/m', 'fp32', { source: 'hub', revision: 'a' }),
      build('org/m', 'q4', { source: 'hub' }),
    ] as const;
    expect(buildPair(run(commits[0]), run(commits[1]))?.besides).toEqual(['other-revision']);
    expect(buildPair(run(fine), run(coarse, { spec: { templateHash: 'x' } }))?.besides).toEqual(['other-template']);
  });

  it('is none where the model, or nothing, differs, or a quantisation is not known', () => {
    expect(buildPair(run(fine), run(build('folder/n', 'q4')))).toBeNull();
    expect(buildPair(run(fine), run(fine))).toBeNull();
    expect(buildPair(run(fine), run(build('folder/m', 'unknown')))).toBeNull();
  });
});

it('offers the other build of the same model first, that of the same engine before others', () => {
  const named = (id: string, model: ModelRef, change: Parameters<typeof runHeader>[1] = {}) =>
    run(model, { id, ...change });
  const own = named('own', build('folder/m', 'fp32'));
  const environment = { ...own.environment, device: 'webgpu' } as const;
  const suite = { id: 's', version: '2', hash: 'f'.repeat(64), title: { en: '', zh: '' } };
  const others = [
    named('newest', build('folder/other', 'fp32')),
    named('elsewhere', build('folder/m', 'q4'), { environment }),
    named('partner', build('folder/m', 'q4')),
    named('oldest', build('folder/other', 'q4')),
    named('other suite', build('folder/m', 'q4'), { spec: { suite } }),
    own,
  ];
  expect(partnersOf(own, others).map(({ run: { id }, otherBuild }) => [id, otherBuild])).toEqual([
    ['partner', true],
    ['elsewhere', true],
    ['newest', false],
    ['oldest', false],
  ]);
});
