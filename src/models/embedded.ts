/** The model that ships with the page. Its lengths and hashes are checked against public/models/embedded by a test. */
import type { FileSource, ModelCard, ModelFile } from '#domain';
import { revisionOf } from './revision.ts';

const files: readonly ModelFile[] = [
  {
    path: 'config.json',
    bytes: 458,
    sha256: 'a7648c99ff786901d53be814dffaf20bb1ef9c3908bbd2a05bb0618f51e35cf5',
  },
  {
    path: 'generation_config.json',
    bytes: 83,
    sha256: '06eed64d433def4f799d712b81c0ffa81a7229b367b1a8ecfbd307850961e7b0',
  },
  {
    path: 'tokenizer.json',
    bytes: 79_969,
    sha256: 'ccdc395f025ef50760b1e548368a7b8bfe0331450ad3e5ab485c2c2174826170',
  },
  {
    path: 'tokenizer_config.json',
    bytes: 422,
    sha256: 'e03ff9794bbf713ea1e3cc788cb69dbbfeb48fe86256622935ee352c8e0752be',
  },
  {
    path: 'onnx/model.onnx',
    bytes: 6_745_945,
    sha256: 'ade29703f85977360bb1151e7f1409dd4ff0fc40013bf098201cb0f8361f7df5',
  },
];

/** Named by its purpose; the interface says in its own words what it is. */
export const embeddedModel: ModelCard = {
  ref: {
    id: 'tabeval/embedded',
    name: 'Embedded model',
    source: 'embedded',
    revision: revisionOf(files),
    build: { engine: 'transformers', quantisation: 'fp32' },
    files,
  },
  contextLength: 2048,
  parameters: 1_620_000,
  bytes: files.reduce((sum, f) => sum + f.bytes, 0),
};

/** Its folder under the page's address (`document.baseURI`), with golden.json beside the model. */
export function embeddedFiles(pageAddress: string): FileSource {
  return { kind: 'url', base: new URL('models/embedded/', pageAddress).href };
}
