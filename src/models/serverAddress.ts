/** Which addresses a person may name as a model server. */

export type ServerAddressProblem = 'not-an-address' | 'has-credentials' | 'http-elsewhere';

export type CheckedServerAddress =
  | {
      readonly ok: true;
      /** Origin and path, without "/v1" and without a slash at the end. */
      readonly address: string;
      /** Where the browser's rules for local networks place it; null: on the internet, or not to be told. */
      readonly space: 'loopback' | 'local' | null;
    }
  | { readonly ok: false; readonly problem: ServerAddressProblem };

/**
 * An address as a person typed or pasted it. Without a scheme it is http on this machine and network, else https. Plain
 * http is for this machine and its network only: elsewhere anyone on the way could read prompts and the key.
 */
export function checkServerAddress(text: string): CheckedServerAddress {
  const trimmed = text.trim();
  const url = parsed(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { ok: false, problem: 'not-an-address' };
  }
  // A policy cannot name this machine's IPv6 address; its name leads to the same place.
  if (url.hostname === '[::1]') url.hostname = 'localhost';
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'has-credentials' };
  const space = spaceOf(url.hostname);
  if (url.protocol === 'http:' && space === null) return { ok: false, problem: 'http-elsewhere' };
  const path = url.pathname.replace(/\/(?:v1(?:\/.*)?)?$/, '').replace(/\/+$/, '');
  return { ok: true, address: url.origin + path, space: url.protocol === 'http:' ? space : null };
}

/** Ranges: RFC 1122, 1918, 3927 and 6598; names: RFC 6761, 6762 and 8375. IPv6 has no place in a content policy. */
function spaceOf(host: string): 'loopback' | 'local' | null {
  if (/^(?:127\.\d+\.\d+\.\d+|localhost|.+\.localhost)$/.test(host)) return 'loopback';
  const [a = -1, b = -1] = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : [];
  const privateRange =
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127);
  const localName = /\.(?:local|lan|internal|home\.arpa)$/.test(host) || /^[a-z\d-]+$/i.test(host);
  return privateRange || localName ? 'local' : null;
}

/** `URL.parse` does the same, in browsers since 2024. */
function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
