import { expect, test } from 'vitest';
import { chooseDevice } from '../../src/engines/probe.ts';
import { describePlatform, wasmThreads } from '../../src/engines/platform.ts';

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    'Chrome 142',
    'Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
    'Edge 142',
    'Windows',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36',
    'Chrome 156',
    'Linux',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox 145', 'macOS'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    'Safari 26',
    'macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    'Safari 26',
    'iOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
    'Chrome 142',
    'Android',
  ],
  ['curl/8', 'unknown', 'unknown'],
])('%s', (userAgent, browser, os) => {
  expect(describePlatform(userAgent)).toEqual({ browser, os });
});

test('WASM gets threads only on isolated pages, and no more than it can use', () => {
  expect([wasmThreads(false, 16), wasmThreads(true, 2), wasmThreads(true, 16)]).toEqual([1, 2, 4]);
});

test('a real GPU is preferred, a software one is not', () => {
  expect(chooseDevice({ software: false })).toEqual({ device: 'webgpu', because: 'gpu' });
  expect(chooseDevice({ software: true })).toEqual({ device: 'wasm', because: 'software-adapter' });
  expect(chooseDevice(null)).toEqual({ device: 'wasm', because: 'no-webgpu' });
});
