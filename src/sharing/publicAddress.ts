/** The address that links start with: where others find the page. */

export type AddressProblem = 'empty' | 'too-long' | 'not-an-address' | 'not-http' | 'has-credentials';

export type CheckedAddress =
  { readonly ok: true; readonly address: string } | { readonly ok: false; readonly problem: AddressProblem };

/** Characters. What is longer leaves too little of a link for the results. */
const LONGEST = 400;

/**
 * An address as someone typed or pasted it, made fit for a link: http or https, the path kept as it is, without what
 * follows "?" or "#" (a page of ours may have been copied with its route).
 */
export function checkPublicAddress(text: string): CheckedAddress {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: 'empty' };
  const url = parsed(trimmed);
  if (url === null) return { ok: false, problem: 'not-an-address' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, problem: 'not-http' };
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'has-credentials' };
  const address = url.origin + url.pathname;
  return address.length > LONGEST ? { ok: false, problem: 'too-long' } : { ok: true, address };
}

/**
 * Whether an address leads others nowhere: this machine, a network that is not the internet, or no network at all.
 * Ranges: RFC 1122 and 1918, 3927, 6598 (carriers and VPNs) for IPv4; RFC 4193 and 4291 for IPv6; RFC 6761, 6762, 8375
 * and the habits of home routers for names. What is no address counts as local.
 */
export function isLocalAddress(address: string): boolean {
  const url = parsed(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return true;
  const host = url.hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return isLocalIpv6(host.slice(1, -1));
  // URL has written any form of an IPv4 address (hexadecimal, one number) as four decimal numbers.
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isLocalIpv4(host.split('.').map(Number));
  return !host.includes('.') || /\.(localhost|local|lan|internal|intranet|home|home\.arpa|test|invalid)$/.test(host);
}

function isLocalIpv4([a = 0, b = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168)
  );
}

function isLocalIpv6(host: string): boolean {
  const mapped = /^::ffff:([\da-f]+):[\da-f]+$/.exec(host)?.[1];
  if (mapped !== undefined) {
    const high = Number.parseInt(mapped, 16);
    return isLocalIpv4([high >> 8, high & 255]);
  }
  return host === '::' || host === '::1' || /^f[cd]|^fe[89ab]/.test(host);
}

/** `URL.parse` does the same, in browsers since 2024. */
function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
