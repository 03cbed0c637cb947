import { narrowedConnections } from './securityHeaders.ts';

/**
 * Narrows what the page may connect to, until it is reloaded: a policy cannot be taken back. Call before anything is
 * fetched. It holds for the page, which is where everything from other hosts is fetched; workers have the headers' policy.
 * @param addresses that the user named; what is none is left out
 */
export function narrowConnections(addresses: readonly string[]): void {
  // Vite's own connection would be cut.
  if (import.meta.env.DEV) return;
  const origins = addresses.filter((address) => URL.canParse(address)).map((address) => new URL(address).origin);
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = narrowedConnections(origins);
  document.head.append(meta);
}
