import { canonicalJson, sha256Hex, type ServerKind, type ServerModel } from '#domain';

/** A model as a server lists it, with the name by which it is asked. */
export interface Offered extends Omit<ServerModel, 'manageable'> {
  readonly wireName: string;
  /** What an LM Studio from 0.4 calls those in its memory; null: it does not say. */
  readonly instances: readonly string[] | null;
}

export interface Listing {
  readonly models: readonly Offered[];
  /** Of the program; null where it does not tell. */
  readonly version: string | null;
}

/** What a listing says; what it leaves out is not known. */
export interface Told {
  readonly wireName: string;
  readonly quantisation?: string | null | undefined;
  readonly architecture?: string | null | undefined;
  readonly contextLength?: number | null | undefined;
  readonly parameters?: number | null | undefined;
  readonly bytes?: number | null | undefined;
  readonly loaded?: boolean;
  readonly instances?: readonly string[];
  /** Of the weights, where the server has one. */
  readonly digest?: string | undefined;
}

const UNKNOWN = 'unknown';

/**
 * The address is no part of the identity: it says nothing about the weights, and would travel with results and links.
 * What the server says of the weights is: a run goes on only where that is the same.
 */
export function offered(kind: ServerKind, told: Told): Offered {
  const {
    wireName,
    architecture = null,
    contextLength,
    parameters = null,
    bytes,
    loaded = null,
    instances = null,
    digest,
  } = told;
  const name = publicName(wireName);
  const quantisation = told.quantisation ?? UNKNOWN;
  const weights = { kind, name, quantisation, architecture, parameters, bytes: bytes ?? null, digest: digest ?? null };
  return {
    wireName,
    instances,
    architecture,
    loaded,
    card: {
      ref: {
        id: name,
        name,
        source: 'server',
        revision: sha256Hex(canonicalJson(weights)).slice(0, 12),
        build: { engine: 'server', quantisation },
        files: [],
      },
      contextLength: contextLength ?? 0,
      parameters,
      bytes: bytes ?? 0,
    },
  };
}

/** llama-server names a model by the path of its file, which nobody else should read in a link: the file's own name. */
export function publicName(name: string): string {
  return /\.gguf$/i.test(name) ? (name.split(/[\\/]/).at(-1) ?? name) : name;
}

/** "494.03M", "7B", "8x7B": how many. Null where it says nothing, or multiplies. */
export function parametersOf(text: string | null | undefined): number | null {
  const [, digits, unit] = /^\s*(\d+(?:\.\d+)?)\s*([KMB])\s*$/i.exec(text ?? '') ?? [];
  if (digits === undefined || unit === undefined) return null;
  return Math.round(Number(digits) * { k: 1e3, m: 1e6, b: 1e9 }[unit.toLowerCase() as 'k' | 'm' | 'b']);
}

/** The quantisation in a file's or model's name: "…-Q4_K_M.gguf"; null where there is none. */
export function quantisationIn(name: string): string | null {
  return /(?:^|[-_.:])((?:I?Q\d(?:_[A-Z0-9]+)*|BF16|F16|F32|MXFP4|AWQ|GPTQ|FP8))(?=$|[-_.:])/i.exec(name)?.[1] ?? null;
}
