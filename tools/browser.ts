/** The browser that the commands and the tests drive: where it is found, and how it is started. */
export { findBrowser, type BrowserOrigin, type FoundBrowser } from './browser/find.ts';
export { launchBrowser, launchProfile, type LaunchOptions } from './browser/start.ts';
