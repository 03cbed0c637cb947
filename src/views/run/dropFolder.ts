import type { FolderFile } from '#app';

/** The files of a folder from `<input webkitdirectory>`. The paths begin with its name: the model is called by it. */
export function pickedFiles(list: FileList): FolderFile[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** The dropped folder, or null where what was dropped is not one folder. Must be called inside the drop event. */
export function droppedFolder(event: DragEvent): FileSystemDirectoryEntry | null {
  const items = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === 'file');
  const entry = items.length === 1 ? (items[0]?.webkitGetAsEntry() ?? null) : null;
  return entry?.isDirectory === true ? (entry as FileSystemDirectoryEntry) : null;
}

/** All files of a folder, by paths that begin with its name. */
export async function filesOf(folder: FileSystemDirectoryEntry, prefix = `${folder.name}/`): Promise<FolderFile[]> {
  const found: FolderFile[] = [];
  for (const entry of await entriesOf(folder)) {
    const path = prefix + entry.name;
    if (entry.isDirectory) found.push(...(await filesOf(entry as FileSystemDirectoryEntry, `${path}/`)));
    else found.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
  }
  return found;
}

/** A reader gives at most 100 entries at a time, and an empty list at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
