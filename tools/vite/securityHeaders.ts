import type { Plugin } from 'vite';
import { metaPolicy, securityHeaders } from '../../src/serviceWorker/securityHeaders.ts';

/** The file that Netlify, Cloudflare Pages and others read; elsewhere it lies there unread. */
export function headersFile(): string {
  const lines = Object.entries(securityHeaders).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, '/assets/*', '  Cache-Control: public, max-age=31536000, immutable', ''].join('\n');
}

/** The policy comes before everything that it is about, and after the charset, which must be in the first 1,024 bytes. */
export function withPolicy(html: string): string {
  const charset = '<meta charset="utf-8" />';
  if (!html.includes(charset)) throw new Error(`index.html must contain ${charset}: the policy is put behind it.`);
  return html.replace(charset, `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${metaPolicy}" />`);
}

/** Puts the security headers into the build: as `<meta>` in every page and as the file `_headers`. */
export function securityHeadersInBuild(): Plugin {
  return {
    name: 'tabeval-security-headers',
    // The development server injects scripts that the policy would forbid.
    apply: 'build',
    transformIndexHtml: withPolicy,
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
  };
}
