import { suiteRef, type KeptJob, type ModelCard, type Suite, type SuiteRef } from '#domain';
import type { Job, JobRequest } from '../job.ts';

/** The jobs as they are kept. `refs`: of the suites, whose hashes take a while. */
export function keptJobs(jobs: readonly Job[], refs: ReadonlyMap<Suite, SuiteRef>): readonly KeptJob[] {
  return jobs.map(({ key, lane, request }) => {
    const { model, suite, device, variant, sampling, thinking, repeat, contextLength, limit, resume } = request;
    return {
      ...{
        runId: resume?.id ?? key,
        model: model.ref,
        suite: refs.get(suite) ?? suiteRef(suite),
        device,
        server: lane,
      },
      ...(variant === undefined ? {} : { variant }),
      ...(sampling === undefined ? {} : { sampling }),
      ...(thinking === undefined ? {} : { thinking }),
      ...(repeat === undefined ? {} : { repeat }),
      ...(contextLength === undefined ? {} : { contextLength }),
      limit,
    };
  });
}

/** The request of a job that had not begun. */
export function requestOf(kept: KeptJob, model: ModelCard, suite: Suite): JobRequest {
  const { device, variant, sampling, thinking, repeat, contextLength, limit } = kept;
  return {
    ...{ model, suite, device },
    ...(variant === undefined ? {} : { variant }),
    ...(sampling === undefined ? {} : { sampling }),
    ...(thinking === undefined ? {} : { thinking }),
    ...(repeat === undefined ? {} : { repeat }),
    ...(contextLength === undefined ? {} : { contextLength }),
    limit,
    resume: null,
  };
}

export function refsOf(jobs: readonly Job[]): ReadonlyMap<Suite, SuiteRef> {
  const suites = new Set(jobs.map(({ request }) => request.suite));
  return new Map([...suites].map((suite) => [suite, suiteRef(suite)]));
}
