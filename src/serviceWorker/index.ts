/** What the page does about its own delivery: offline use, and whom it may connect to. */
export { narrowConnections } from './narrowPolicy.ts';
export { registerServiceWorker } from './register.ts';
