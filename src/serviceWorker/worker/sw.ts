/**
 * The service worker: the site without the network, and the security headers that a static host cannot send. A policy
 * in `<meta>` does not reach workers; one in the headers of the worker's script does.
 */
import { securityHeaders } from '../securityHeaders.ts';
import { fileCache, type BuiltFile } from './files.ts';

declare const self: ServiceWorkerGlobalScope & {
  // The build puts the list of files in the place of this name.
  __WB_MANIFEST: BuiltFile[];
};

const root = self.registration.scope;
const files = fileCache(self.__WB_MANIFEST, root);

self.addEventListener('install', (event) => event.waitUntil(files.install()));

// Claiming matters at the first visit only: the engine's worker then already comes with its policy.
self.addEventListener('activate', (event) => event.waitUntil(files.tidy().then(() => self.clients.claim())));

// A new version waits until every tab of the old one is closed, or until the user says so.
self.addEventListener('message', (event) => {
  if (event.data === 'activate') event.waitUntil(self.skipWaiting());
});

function withSecurityHeaders(response: Response): Response {
  // Redirects and errors must go to the browser as they are.
  if (response.type === 'opaqueredirect' || response.type === 'error') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** The address without query and fragment; the root means its index.html. */
function fileAddress(url: URL): string {
  const address = url.origin + url.pathname;
  return address === root ? `${root}index.html` : address;
}

async function answer({ request }: FetchEvent, keepAlive: (work: Promise<unknown>) => void): Promise<Response> {
  // The cache holds whole files; a range of one is left to the host.
  const kept = request.headers.has('Range')
    ? undefined
    : await files.read(fileAddress(new URL(request.url)), keepAlive);
  return withSecurityHeaders(kept ?? (await fetch(request)));
}

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const ours = method === 'GET' && url.startsWith(root);
  if (ours) event.respondWith(answer(event, (work) => event.waitUntil(work)));
});
