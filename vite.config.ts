import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig } from 'vite';
import { securityHeadersInBuild } from './tools/vite/securityHeaders.ts';
import { serviceWorker } from './tools/vite/serviceWorker.ts';

const { version, license } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
  license: string;
};

/** The rooms, without main.ts and the workers, which do something when they are loaded. */
const rooms = /\/src\/(?:app|domain|views|sharing|models|engines|storage|catalog|i18n)\/(?!.*worker\/).*\.[jt]s$/;
/** Classes for custom elements and for Svelte 4's way to mount; Svelte does not say that they may be left out. */
const unusedInSvelte = /\/svelte\/src\/(?:legacy\/legacy-client|internal\/client\/dom\/elements\/custom-element)\.js$/;
const definesOnly = (id: string): boolean => rooms.test(id) || unusedInSvelte.test(id);

export default defineConfig({
  // Relative addresses: the build works from any sub-path of a static host.
  base: './',
  plugins: [svelte(), securityHeadersInBuild(), serviceWorker()],
  // For Settings: what this build is.
  define: {
    'import.meta.env.VITE_VERSION': JSON.stringify(version),
    'import.meta.env.VITE_LICENCE': JSON.stringify(license),
  },
  worker: { format: 'es' },
  // ONNX Runtime's library without a copy of its WASM glue inside: the runtime is loaded from files of its own, by need.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 700,
    // The manifest says which chunk needs which; tools/checks/firstLoad.ts adds up the first visit from it.
    manifest: true,
    // Every browser of the target knows modulepreload by itself.
    modulePreload: { polyfill: false },
    // A font inside a style sheet would be a data: address, which the content security policy does not let in.
    assetsInlineLimit: (file) => (/\.(woff2?|ttf)$/.test(file) ? false : undefined),
    // What every visit needs comes as one file: it compresses better than a dozen small ones (4 kB of 113).
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'shell', tags: ['$initial'] }] } },
      // Our modules only define things: what a door names and the shell does not use stays out of it (5 kB of 79).
      treeshake: { moduleSideEffects: (id) => !definesOnly(id) },
    },
  },
});
