/** Folder of the origin private file system in which each model has its own. */
export const ROOT = 'models';

/** A look whether that folder holds anything, so that a page without models does not fetch what reads them. */
export async function mayHoldModels(): Promise<boolean> {
  try {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT);
    for await (const _ of root.keys()) return true;
  } catch {
    // No such folder yet, or a browser that refuses storage.
  }
  return false;
}
