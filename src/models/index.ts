/** Which models there are on this device, and where their files lie. */
export { embeddedFiles, embeddedModel } from './embedded.ts';
export { filesOfDrop, filesOfPicker, type FolderFile } from './folder.ts';
export type { FolderReport } from './inspect.ts';
export { modelLibrary, type ModelLibrary } from './library.ts';
export { askServer, fetchBytes, type FetchLimits } from './network.ts';
export { checkServerAddress } from './serverAddress.ts';
