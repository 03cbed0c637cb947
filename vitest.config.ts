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
          // Nothing else runs meanwhile; by itself vitest leaves one core alone, which is half of two.
          maxWorkers: '100%',
        },
      },
      {
        test: {
          // Tests that drive a real browser from Node. Two files at a time: one waits for its page while the other computes.
          name: 'browser',
          environment: 'node',
          include: ['tests/{browser,e2e}/**/*.test.ts'],
          globalSetup: ['tests/builtOnce.ts'],
          maxWorkers: 2,
          testTimeout: 5 * minutes,
          hookTimeout: 5 * minutes,
        },
      },
    ],
  },
});
