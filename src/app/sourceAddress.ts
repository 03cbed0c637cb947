/** The address of a source of models that a person typed. */
export type SourceAddressProblem = 'empty' | 'not-an-address' | 'has-credentials' | 'plain-http' | 'too-long';

export type SourceAddress =
  /** Without a slash at the end. `reload`: the page may connect there only after it was loaded anew. */
  | { readonly ok: true; readonly address: string; readonly reload: boolean }
  | { readonly ok: false; readonly problem: SourceAddressProblem };

const MOST = 2_000;
const THIS_MACHINE = ['localhost', '127.0.0.1'];

/** What the security policy lets through: https anywhere, plain http on this machine and where the page itself is from. */
export function checkSourceAddress(text: string, pageOrigin: string): SourceAddress {
  const typed = text.trim();
  if (typed === '') return { ok: false, problem: 'empty' };
  if (typed.length > MOST) return { ok: false, problem: 'too-long' };
  if (!URL.canParse(typed)) return { ok: false, problem: 'not-an-address' };
  const url = new URL(typed);
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'has-credentials' };
  const ours = url.origin === pageOrigin;
  const here = url.protocol === 'http:' && THIS_MACHINE.includes(url.hostname);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, problem: 'not-an-address' };
  if (url.protocol === 'http:' && !here && !ours) return { ok: false, problem: 'plain-http' };
  const address = (url.origin + url.pathname).replace(/\/+$/, '');
  return { ok: true, address, reload: !here && !ours };
}
