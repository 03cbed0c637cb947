import { failure, FailureError, type Engine } from '#domain';

/** One engine out of several: a model's build names the one that runs it. */
export function engineByBuild(engines: readonly Engine[]): Engine {
  const byId = new Map(engines.map((engine) => [engine.id, engine]));
  return {
    id: 'by-build',
    builds: [...byId.keys()],
    async load(request, signal) {
      const { engine: id } = request.model.build;
      const engine = byId.get(id);
      if (engine === undefined) throw new FailureError(failure('unsupported-build', `no engine ${id} here`));
      return engine.load(request, signal);
    },
  };
}
