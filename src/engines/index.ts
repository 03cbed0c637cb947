/** What runs models. README.md says how another engine is added. */
export { transformersEngine, type TransformersOptions } from './transformers/index.ts';
