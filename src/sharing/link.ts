import { sha256 } from '@noble/hashes/sha2.js';
import type { DecodedLink, LinkProblem, RunHeader } from '#domain';
import { fromBase64url, toBase64url } from './base64url.ts';
import { deflate, inflate } from './deflate.ts';
import { decodePayload, payloadOf } from './linkPayload.ts';
import { LONGEST_TEXT } from './linkText.ts';
import { sharedRun } from './sharedRun.ts';

/** The version that links are made in, and the newest that is read. */
const VERSION = 1;

/** Characters of a link, the public address included: what messengers and mail programs leave whole. */
export const LONGEST_LINK = 1_800;

/** Characters of a payload that is read at all, and bytes that it may unpack to. */
const LONGEST_PAYLOAD = 8_192;
const MOST_BYTES = 65_536;

/**
 * Bytes in front of the packed ones: the first of the SHA-256 over the JSON. Raw deflate has no checksum of its own,
 * and of the links with one wrong character one in fifty unpacked to another run.
 */
const CHECK_BYTES = 4;

export interface ShareLink {
  readonly url: string;
  /** What had to be left out so that the link is short enough, most dispensable first. */
  readonly kept: 'everything' | 'no-verdicts' | 'no-verdicts-shorter-texts';
}

/** From the whole to the least; at 12 characters a text even the longest address leaves room. */
const ATTEMPTS: readonly { readonly kept: ShareLink['kept']; readonly longest: number }[] = [
  { kept: 'everything', longest: LONGEST_TEXT },
  { kept: 'no-verdicts', longest: LONGEST_TEXT },
  ...[100, 50, 25, 12].map((longest) => ({ kept: 'no-verdicts-shorter-texts' as const, longest })),
];

/**
 * A link that shows the run's summary to whoever opens it. `address`: as `checkPublicAddress` gives it. Rejects with a
 * RangeError where the address alone is too long, which that function has refused.
 */
export async function shareLink(header: RunHeader, address: string): Promise<ShareLink> {
  for (const { kept, longest } of ATTEMPTS) {
    const run = sharedRun(header, longest);
    const payload = await encodePayload(payloadOf(kept === 'everything' ? run : { ...run, verdicts: null }));
    const url = `${address}#/shared/${payload}`;
    if (url.length <= LONGEST_LINK) return { url, kept };
  }
  throw new RangeError(`the address has ${address.length} characters: no link of ${LONGEST_LINK} can start with it`);
}

/** What stands after "#/shared/" as a run: the sender's claim. Never throws, whatever comes in. */
export async function decodeLink(payload: string): Promise<DecodedLink> {
  if (payload.length > LONGEST_PAYLOAD) {
    return refuse({ code: 'too-long', length: payload.length, limit: LONGEST_PAYLOAD });
  }
  const [, version, packed] = /^([1-9]\d{0,5})\.(.*)$/s.exec(payload) ?? [];
  if (version === undefined || packed === undefined) return refuse({ code: 'no-version' });
  if (Number(version) > VERSION) return refuse({ code: 'newer-version', found: Number(version), known: VERSION });
  const bytes = fromBase64url(packed);
  if (bytes === null) return refuse({ code: 'not-base64' });
  const inflated = await inflate(bytes.slice(CHECK_BYTES), MOST_BYTES);
  if (!inflated.ok) {
    return refuse(inflated.because === 'too-large' ? { code: 'bomb', limit: MOST_BYTES } : { code: 'not-deflate' });
  }
  if (!checkOf(inflated.bytes).every((byte, n) => byte === bytes[n])) return refuse({ code: 'not-deflate' });
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(inflated.bytes);
    return decodePayload(JSON.parse(json) as unknown);
  } catch {
    return refuse({ code: 'wrong-shape', at: ['JSON'] });
  }
}

async function encodePayload(payload: unknown): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(payload));
  return `${VERSION}.${toBase64url(Uint8Array.from([...checkOf(json), ...(await deflate(json))]))}`;
}

function checkOf(json: Uint8Array): Uint8Array {
  return sha256(json).subarray(0, CHECK_BYTES);
}

function refuse(problem: LinkProblem): DecodedLink {
  return { ok: false, problem };
}
