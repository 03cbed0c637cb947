import {
  testVerdict,
  type Cure,
  type Device,
  type Environment,
  type LoadedModel,
  type ModelCard,
  type TestVerdict,
} from '#domain';

/** A model on a device. */
export interface Place {
  readonly model: ModelCard;
  readonly device: Device;
}

/** What is in memory, and as what it was loaded: after a cure that is not what was asked for. */
export interface Loaded extends Place {
  readonly loaded: LoadedModel;
  /** With the cures that were taken. */
  readonly environment: Environment;
}

export interface CurePorts {
  /** Rejects like `Engine.load`. */
  readonly load: (place: Place) => Promise<LoadedModel>;
  /** Other builds of the same model that are on this device. */
  readonly otherBuilds: (model: ModelCard) => readonly ModelCard[];
}

export function verdictOf({ environment, model }: Pick<Loaded, 'environment' | 'model'>): TestVerdict {
  return testVerdict(environment, model.ref.source);
}

/**
 * Loads a model; where its own test or that of the device fails, tries what is known to help, in turn: another build at
 * hand, then the processor. (Without subgroups is tried by the engine itself.) A cure is one only where nothing is found
 * wrong with it. Where none helps, what was asked for is loaded once more, and `verdictOf` says that it is invalid.
 * Never two models are in memory. Rejects like `Engine.load`.
 */
export async function loadCured(asked: Place, ports: CurePorts, signal: AbortSignal): Promise<Loaded> {
  const first = await loadAs(asked, ports);
  if (verdictOf(first) !== 'invalid') return first;
  const tries = cures(asked, ports);
  if (tries.length === 0) return first;
  await first.loaded.dispose();
  for (const { place, cure } of tries) {
    signal.throwIfAborted();
    const tried = await loadAs(place, ports).catch((thrown: unknown) => {
      // A build that does not load is no cure; but what ends the whole work ends it here too.
      if (signal.aborted) throw thrown;
      return null;
    });
    if (tried === null) continue;
    const { environment } = tried;
    if (verdictOf(tried) !== 'invalid')
      return { ...tried, environment: { ...environment, cures: [...(environment.cures ?? []), cure] } };
    await tried.loaded.dispose();
  }
  return loadAs(asked, ports);
}

async function loadAs(place: Place, { load }: CurePorts): Promise<Loaded> {
  const loaded = await load(place);
  return { ...place, loaded, environment: loaded.environment };
}

interface Try {
  readonly place: Place;
  readonly cure: Cure;
}

function cures({ model, device }: Place, { otherBuilds }: CurePorts): readonly Try[] {
  const builds = otherBuilds(model).map((other): Try => {
    const cure = { kind: 'other-build', insteadOf: model.ref.build } as const;
    return { place: { model: other, device }, cure };
  });
  // Only transformers.js runs on a processor too.
  const processor = device === 'webgpu' && model.ref.build.engine === 'transformers';
  return processor ? [...builds, { place: { model, device: 'wasm' }, cure: { kind: 'wasm' } }] : builds;
}
