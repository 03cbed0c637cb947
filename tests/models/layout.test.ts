import { describe, expect, test } from 'vitest';
import { filesOfPicker, modelFolder, type FolderFile } from '../../src/models/folder.ts';
import { chooseBuild, inspectFolder } from '../../src/models/inspect.ts';

function file(path: string, content = path): FolderFile {
  return { path, file: new File([content], path.split('/').at(-1) ?? '') };
}

const config = JSON.stringify({ max_position_embeddings: 4096, _name_or_path: 'owner/Said-Name' });

function folder(root: string, ...more: readonly (FolderFile | string)[]): FolderFile[] {
  const own = [file(`${root}config.json`, config), file(`${root}tokenizer.json`), file(`${root}tokenizer_config.json`)];
  return [...own, ...more.map((f) => (typeof f === 'string' ? file(`${root}${f}`) : f))];
}

describe('a model is found', () => {
  test.each([
    ['in the folder that was picked', 'my-model/', 'my-model'],
    ['in a folder inside it', 'downloads/my-model/', 'my-model'],
    ['in files without a folder', '', 'Said-Name'],
    ['in a folder that the hub’s cache calls by its commit', `${'0a'.repeat(20)}/`, 'Said-Name'],
  ])('%s', async (_, root, name) => {
    const report = await inspectFolder(folder(root, 'onnx/model.onnx'));
    expect(report.name).toBe(name);
    expect(report.builds.map((b) => b.quantisation)).toEqual(['fp32']);
  });

  test('with its folder’s name even where config.json is missing', () => {
    const found = modelFolder([file('my-model/onnx/model.onnx'), file('my-model/tokenizer.json')], 'config.json');
    expect(found.name).toBe('my-model');
    expect([...found.files.keys()]).toEqual(['onnx/model.onnx', 'tokenizer.json']);
  });

  test('by the paths that the picker gives', () => {
    const picked = new File(['x'], 'config.json');
    Object.defineProperty(picked, 'webkitRelativePath', { value: 'my-model/config.json' });
    expect(filesOfPicker([picked])).toEqual([{ path: 'my-model/config.json', file: picked }]);
  });
});

describe('builds', () => {
  test('are known by their names, largest first; others are not taken for one', async () => {
    const graphs = ['model_q4.onnx', 'model_quantized.onnx', 'model_q4f16.onnx', 'model_fp16.onnx', 'model_bnb4.onnx'];
    const others = ['onnx/decoder_model_merged.onnx', 'onnx/model_custom.onnx', 'model.onnx', 'onnx/model.onnx.bak'];
    const sized = [...graphs, 'model.onnx', 'model_int8.onnx', 'model_uint8.onnx'].map((name, i) =>
      file(`m/onnx/${name}`, 'x'.repeat(i)),
    );
    const report = await inspectFolder(folder('m/', ...sized, ...others));
    expect(report.builds.map((b) => b.quantisation)).toEqual(
      ['q4', 'q8', 'q4f16', 'fp16', 'bnb4', 'fp32', 'int8', 'uint8'].reverse(),
    );
  });

  test('take their weight files along, in order, and leave those of others', async () => {
    const weights = ['onnx/model_q4.onnx_data', 'onnx/model_q4.onnx_data_1', 'onnx/model_q4f16.onnx_data'];
    const files = folder('m/', 'onnx/model_q4.onnx', ...weights, 'onnx/model_q4f16.onnx', 'README.md');
    const build = await chooseBuild(files, 'q4');
    expect(build.files.map((f) => f.path)).toEqual([
      ...['config.json', 'tokenizer.json', 'tokenizer_config.json'],
      ...['onnx/model_q4.onnx', 'onnx/model_q4.onnx_data', 'onnx/model_q4.onnx_data_1'],
    ]);
    expect(build.contextLength).toBe(4096);
  });

  test('whose weight files are missing are not offered, and the list says which file is missing', async () => {
    const graph = file('m/onnx/model_q4.onnx', '\x08location\x12\x18model_q4.onnx_data…\x12amodel_q4.onnx_data_1');
    const report = await inspectFolder(folder('m/', graph, 'onnx/model.onnx', 'onnx/model_q4.onnx_data'));
    expect(report.builds.map((b) => b.quantisation)).toEqual(['fp32']);
    expect(report.checklist.at(-1)).toEqual({ path: 'onnx/model_q4.onnx_data_1', found: false });
    await expect(chooseBuild(folder('m/', graph), 'q4')).rejects.toMatchObject({
      failure: { code: 'files-missing', detail: 'onnx/model_q4.onnx_data, onnx/model_q4.onnx_data_1' },
    });
  });
});

describe('a folder of no use says why', () => {
  test('what is missing', async () => {
    const report = await inspectFolder([file('m/tokenizer.json'), file('m/readme.txt')]);
    expect(report.builds).toEqual([]);
    expect(report.checklist).toEqual([
      { path: 'config.json', found: false },
      { path: 'tokenizer.json', found: true },
      { path: 'tokenizer_config.json', found: false },
      { path: 'onnx/model*.onnx', found: false },
    ]);
  });

  test('a config.json that is none', async () => {
    const files = [...folder('m/', 'onnx/model.onnx').slice(1), file('m/config.json', '<!doctype html>')];
    await expect(inspectFolder(files)).rejects.toMatchObject({ failure: { code: 'file-corrupt' } });
  });

  test('a config.json without the length of the context', async () => {
    const files = [...folder('m/', 'onnx/model.onnx').slice(1), file('m/config.json', '{"model_type":"x"}')];
    await expect(chooseBuild(files, 'fp32')).rejects.toMatchObject({ failure: { code: 'unsupported-build' } });
  });

  test('nothing at all', async () => {
    expect((await inspectFolder([])).checklist.every((entry) => !entry.found)).toBe(true);
  });
});
