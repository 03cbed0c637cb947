/** Which models there are on this machine, and where their files lie. */
export { embeddedFiles, embeddedModel } from './embedded.ts';
