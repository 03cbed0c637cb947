/** The files of a folder that a person picked or dropped, and where in it the model is. */

export interface FolderFile {
  /** With slashes: "onnx/model_q4.onnx", with or without the picked folder's own name in front. */
  readonly path: string;
  readonly file: File;
}

/** From `<input type="file" webkitdirectory>`. Paths begin with the picked folder's name. */
export function filesOfPicker(picked: Iterable<File>): FolderFile[] {
  return [...picked].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * From a drop. The items are emptied as soon as the event is over, so this must be called inside its handler, without
 * anything awaited before.
 */
export async function filesOfDrop(items: Iterable<DataTransferItem>): Promise<FolderFile[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map(filesUnder))).flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<FolderFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const children: FileSystemEntry[] = [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives at most 100 entries at a time, and an empty list at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    children.push(...some);
  }
  return (await Promise.all(children.map(filesUnder))).flat();
}

export interface ModelFolder {
  /** Name of the folder that holds the model; "" where the files came without one. */
  readonly name: string;
  /** By path inside that folder. */
  readonly files: ReadonlyMap<string, File>;
}

/**
 * The model's folder is the one with the configuration, the outermost if there are several; without any, what all files
 * have in common. So a model is also found when the folder around it was picked.
 */
export function modelFolder(files: readonly FolderFile[], configPath: string): ModelFolder {
  const configs = files.map((f) => f.path.split('/')).filter((parts) => parts.at(-1) === configPath);
  const outermost = configs.sort((a, b) => a.length - b.length)[0];
  const root = outermost?.slice(0, -1) ?? commonFolder(files.map((f) => f.path.split('/').slice(0, -1)));
  const prefix = root.map((part) => `${part}/`).join('');
  const inside = files.filter((f) => f.path.startsWith(prefix));
  return { name: root.at(-1) ?? '', files: new Map(inside.map((f) => [f.path.slice(prefix.length), f.file])) };
}

/** "onnx" is a part of a model, never the folder of one. */
function commonFolder(folders: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = folders;
  const length = first.findIndex((part, i) => part === 'onnx' || others.some((folder) => folder[i] !== part));
  return length === -1 ? first : first.slice(0, length);
}
