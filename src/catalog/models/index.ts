import { failure, FailureError, type Catalogue } from '#domain';

/**
 * The models that can be had from the hub, with their facts. Data and schema are fetched when first asked for: they are
 * no part of the first bytes. Rejects with a FailureError: `network` where a file does not come, `file-corrupt`.
 */
export async function loadCatalogue(): Promise<Catalogue> {
  const [json, { decodeCatalogue }] = await Promise.all([import('./models.json'), import('./decode.ts')]).catch(
    (thrown: unknown): never => {
      throw new FailureError(failure('network', `model catalogue: ${String(thrown)}`));
    },
  );
  return decodeCatalogue(json.default);
}
