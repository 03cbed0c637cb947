import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Files above this many bytes are no part of the shell, whatever their name. */
const shellFileLimit = 200_000;

/** What a first visit need not fetch for offline use: models, engines and their workers come in when first used. */
function isLazy({ url, size }: { url: string; size: number }): boolean {
  return url.startsWith('models/') || /worker|transformers|ort-|katex|typeset/i.test(url) || size > shellFileLimit;
}

/**
 * Builds src/serviceWorker/worker into sw.js and puts the list of the build's files into it (type BuiltFile there), each
 * with the hash of its content or, where the name already carries one, null.
 */
export function serviceWorker(): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/serviceWorker/worker',
    filename: 'sw.ts',
    // The page registers it by itself when it is idle; the manifest is a file in public/.
    injectRegister: false,
    manifest: false,
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: ['**/*.{html,js,mjs,css,svg,png,webmanifest,wasm,json,onnx,jinja,woff2}'],
      dontCacheBustURLsMatching: /^assets\//,
      maximumFileSizeToCacheInBytes: 100 * 2 ** 20,
      manifestTransforms: [
        (entries) => ({ manifest: entries.map((file) => (isLazy(file) ? { ...file, lazy: true } : file)) }),
      ],
    },
  });
}
