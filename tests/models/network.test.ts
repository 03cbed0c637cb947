import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchBytes } from '../../src/models/network.ts';

let server: Server;
let base: string;

beforeAll(async () => {
  const plain = { 'Content-Type': 'application/octet-stream' };
  const answers: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
    '/file': (r) => r.writeHead(200, plain).end('weights'),
    '/endless': (r) => pour(r.writeHead(200, plain)),
    '/page': (r) => r.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<!doctype html>'),
    '/elsewhere': (r) => r.writeHead(302, { Location: 'https://example.test/' }).end(),
    '/broken': (r) => r.writeHead(500).end(),
    '/silent': () => undefined,
  };
  server = createServer((request, response) => {
    const answer = answers[request.url ?? ''] ?? ((r) => r.writeHead(404).end());
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Never ends by itself. */
function pour(response: ServerResponse): void {
  const timer = setInterval(() => response.write('x'.repeat(1_000)), 1);
  response.on('close', () => clearInterval(timer));
}

const limits = { maxBytes: 10_000, timeoutMs: 5_000 };

test('a file comes in whole', async () => {
  expect(new TextDecoder().decode(await fetchBytes(`${base}/file`, limits))).toBe('weights');
});

test.each([
  ['/absent', 'files-missing', limits],
  ['/page', 'file-corrupt', limits],
  ['/endless', 'file-corrupt', limits],
  ['/file', 'file-corrupt', { ...limits, maxBytes: 3 }],
  ['/elsewhere', 'network', limits],
  ['/broken', 'network', limits],
  ['/silent', 'network', { ...limits, timeoutMs: 50 }],
])('%s fails as %s', async (path, code, withLimits) => {
  await expect(fetchBytes(base + path, withLimits)).rejects.toMatchObject({ failure: { code } });
});

test('a server that is not there fails as network, and may be tried again', async () => {
  const refused = fetchBytes('http://127.0.0.1:9/', limits);
  await expect(refused).rejects.toMatchObject({ failure: { code: 'network', retryable: true } });
});

test('a cancel rejects with its reason', async () => {
  const abort = new AbortController();
  const fetching = fetchBytes(`${base}/silent`, { ...limits, signal: abort.signal });
  abort.abort('enough');
  await expect(fetching).rejects.toBe('enough');
});
