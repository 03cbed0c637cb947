/** llama-cpp-python's server tells of its models only their names; its version stands in the description of its API. */
import * as v from 'valibot';
import { tryJson, type Connection } from '../connection.ts';
import type { Listing } from './offered.ts';
import { plainListing, type PlainModels } from './plain.ts';

const description = v.object({ info: v.object({ version: v.string() }) });

export async function llamaCppPythonListing(
  connection: Connection,
  plain: PlainModels,
  signal: AbortSignal,
): Promise<Listing> {
  const said = v.safeParse(description, await tryJson(connection, '/openapi.json', signal));
  const { models } = plainListing('llama-cpp-python', plain);
  return { models, version: said.success ? said.output.info.version : null };
}
