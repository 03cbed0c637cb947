import { expect, test } from 'vitest';
import { filesOfDrop } from '../../src/models/folder.ts';

/** Browsers give the entries of a dropped folder in batches of 100, and an empty batch at the end. */
const BATCH = 100;

function fileEntry(fullPath: string): FileSystemEntry {
  const file = (done: (f: File) => void): void => done(new File([fullPath], fullPath.split('/').at(-1) ?? ''));
  return { isFile: true, fullPath, file } as unknown as FileSystemEntry;
}

function folderEntry(fullPath: string, children: readonly FileSystemEntry[]): FileSystemEntry {
  return {
    isFile: false,
    fullPath,
    createReader() {
      let given = 0;
      return {
        readEntries(done: (entries: FileSystemEntry[]) => void) {
          done(children.slice(given, given + BATCH));
          given += BATCH;
        },
      };
    },
  } as unknown as FileSystemEntry;
}

function item(entry: FileSystemEntry | null): DataTransferItem {
  return { webkitGetAsEntry: () => entry } as unknown as DataTransferItem;
}

test('a dropped folder gives all of its files, however deep and many', async () => {
  const many = Array.from({ length: 250 }, (_, i) => fileEntry(`/m/onnx/${i}`));
  const folder = folderEntry('/m', [fileEntry('/m/config.json'), folderEntry('/m/onnx', many)]);
  const files = await filesOfDrop([item(folder), item(fileEntry('/loose.txt')), item(null)]);
  expect(files).toHaveLength(252);
  expect(files.map((f) => f.path)).toEqual(expect.arrayContaining(['m/config.json', 'm/onnx/249', 'loose.txt']));
});
