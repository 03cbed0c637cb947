import type { Failure, ModelCard } from '#domain';
import type { JobRequest } from './job.ts';

/** What may let a model run that ended for want of memory, or with its GPU. */
export type Rescue =
  | { readonly kind: 'again' }
  | { readonly kind: 'smaller-build'; readonly model: ModelCard }
  | { readonly kind: 'smaller-context'; readonly contextLength: number }
  | { readonly kind: 'wasm' };

/** Failures that another build, a smaller context or another device may avoid. */
const CURABLE: ReadonlySet<Failure['code']> = new Set<Failure['code']>([
  'out-of-memory',
  'device-lost',
  'gpu-error',
  'worker-died',
  'no-webgpu',
  'unsupported-build',
  'unsupported-operator',
]);

/** Below this hardly a passage and its question fit. */
const LEAST_CONTEXT = 512;

type Failed = Pick<JobRequest, 'model' | 'device' | 'contextLength'>;

export function canBeRescued({ code }: Failure): boolean {
  return CURABLE.has(code);
}

/** What can be offered, in the order of how little it changes. `builds`: other builds of the model that are here. */
export function rescues({ model, device, contextLength }: Failed, builds: readonly ModelCard[]): readonly Rescue[] {
  if (device === 'server') return [{ kind: 'again' }];
  const smaller = builds.filter(({ bytes }) => bytes < model.bytes).sort((a, b) => b.bytes - a.bytes)[0];
  const half = Math.floor((contextLength ?? model.contextLength) / 2);
  return [
    { kind: 'again' },
    ...(half >= LEAST_CONTEXT ? [{ kind: 'smaller-context', contextLength: half } as const] : []),
    ...(smaller === undefined ? [] : [{ kind: 'smaller-build', model: smaller } as const]),
    ...(device === 'webgpu' && model.ref.build.engine === 'transformers' ? [{ kind: 'wasm' } as const] : []),
  ];
}

/**
 * The job with what is to help, as one of its own and no longer of a kept queue. A run that goes on must go on as it was:
 * only `again` does.
 */
export function rescued(asked: JobRequest, rescue: Rescue): JobRequest {
  const request = asked.kept === undefined ? asked : { ...asked, kept: undefined };
  switch (rescue.kind) {
    case 'again':
      return request;
    case 'smaller-build':
      return { ...request, model: rescue.model, resume: null };
    case 'smaller-context':
      return { ...request, contextLength: rescue.contextLength, resume: null };
    case 'wasm':
      return { ...request, device: 'wasm', resume: null };
  }
}
