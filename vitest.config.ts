import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const minutes = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/{browser,e2e}/**'],
        },
      },
      {
        test: {
          // Tests that drive a real browser from Node. One file after the other: each starts a browser and a model.
          name: 'browser',
          environment: 'node',
          include: ['tests/{browser,e2e}/**/*.test.ts'],
          globalSetup: ['tests/builtOnce.ts'],
          fileParallelism: false,
          testTimeout: 5 * minutes,
          hookTimeout: 5 * minutes,
        },
      },
    ],
  },
});
