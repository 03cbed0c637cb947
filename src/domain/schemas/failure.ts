import * as v from 'valibot';

/** FailureCode. A code that is added there and not here is an error of `tsc -p tests`. */
const code = v.picklist([
  'no-webgpu',
  'unsupported-build',
  'unsupported-operator',
  'out-of-memory',
  'device-lost',
  'gpu-error',
  'worker-died',
  'files-missing',
  'file-corrupt',
  'network',
  'template-invalid',
  'context-exceeded',
  'environment-changed',
  'run-in-use',
  'model-missing',
  'suite-missing',
  'storage-full',
  'storage-unavailable',
  'invalid-input',
  'unexpected',
]);

export const failureSchema = v.object({ code, detail: v.string(), retryable: v.boolean() });
