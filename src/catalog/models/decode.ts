import { failure, FailureError, type Catalogue } from '#domain';
import * as v from 'valibot';
import { catalogueSchema } from './schema.ts';

/**
 * Narrows parsed JSON to a catalogue. Throws a FailureError `file-corrupt` that names every place where it is wrong:
 * a page of one version that got a file of another, or an edit that went astray.
 */
export function decodeCatalogue(json: unknown): Catalogue {
  const parsed = v.safeParse(catalogueSchema, json);
  const problems = parsed.success
    ? [...disagreements(parsed.output)]
    : parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) {
    throw new FailureError(failure('file-corrupt', `model catalogue: ${problems.join('; ')}`));
  }
  const { version, engines, sources, models } = parsed.output;
  return { version, engines, sources, models };
}

/** What no field shows alone: an id that stands twice, a source that is not in the list, a value without a source. */
function* disagreements({ models, sources, engines }: Catalogue): Generator<string> {
  yield* twice(models.map(({ id }) => id));
  yield* twice(models.flatMap(({ builds }) => builds.map(({ id }) => id)));
  for (const [at, ids] of [...Object.entries(engines), ...models.map((m) => [m.id, m] as const)].flatMap(sourceLists)) {
    for (const id of ids) if (!Object.hasOwn(sources, id)) yield `${at}: source "${id}" is not listed`;
  }
  for (const model of models) {
    for (const name of ['parameters', 'licence', 'context', 'released'] as const) {
      const { value, sources: named } = model[name];
      if (value !== null && named.length === 0) yield `${model.id}.${name}: no source`;
    }
  }
}

function* twice(ids: readonly string[]): Generator<string> {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) yield `"${id}" stands twice`;
    seen.add(id);
  }
}

/** Every `sources` list at any depth, with the place where it stands. */
function sourceLists([at, value]: readonly [string, unknown]): (readonly [string, readonly string[]])[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'sources' ? [[at, inner as readonly string[]] as const] : sourceLists([`${at}.${key}`, inner]),
  );
}
