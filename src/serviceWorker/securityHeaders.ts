/**
 * What the page and its workers may do, as HTTP headers. This list is the only source: the local server, the service
 * worker, the file `_headers` of the build and the policy inside index.html are all made from it.
 */

/**
 * Whom the page may talk to at most. A person may name a source of models or a model server of their own, which a policy
 * made with the build cannot know: hence any host. A policy cannot name a private network's range of addresses; that plain
 * http goes to this machine and network only is the door's business (models/network.ts). The page narrows it at its start
 * to what is named below and to the hosts in the settings (narrowPolicy.ts).
 */
const connectable = ["'self'", 'https:', 'http:'];

/** Where weights are fetched from, and where a local model server may listen. */
const knownHosts = [
  "'self'",
  'https://huggingface.co',
  'https://*.hf.co',
  'https://*.xethub.hf.co',
  'https://raw.githubusercontent.com',
  'https://modelscope.cn',
  'https://*.modelscope.cn',
  'http://localhost:*',
  'http://127.0.0.1:*',
];

const directives = {
  'default-src': "'none'",
  // WebAssembly needs a word of its own; JavaScript's eval stays forbidden.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'connect-src': connectable.join(' '),
  'base-uri': "'none'",
  'form-action': "'none'",
};

/**
 * A second policy, in force beside the first from its insertion on: a request must pass both.
 * @param hosts origins that the user named
 */
export function narrowedConnections(hosts: readonly string[]): string {
  return `connect-src ${[...knownHosts, ...hosts].join(' ')}`;
}

const policyOf = (parts: Record<string, string>) =>
  Object.entries(parts)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** The policy for `<meta http-equiv>`, which browsers apply to the page but not to its workers. */
export const metaPolicy = policyOf(directives);

/**
 * The headers of every response of ours. COOP and COEP together isolate the page, which gives WebAssembly its threads.
 * `credentialless` instead of `require-corp`: only with it can a page ask, without CORS, whether a local model server
 * is there at all. Safari knows only `require-corp` and so runs WebAssembly on one thread; its WebGPU needs neither.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  // Browsers ignore frame-ancestors inside <meta> and complain about it there.
  'Content-Security-Policy': policyOf({ ...directives, 'frame-ancestors': "'none'" }),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
