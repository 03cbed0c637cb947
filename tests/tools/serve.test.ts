import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { securityHeaders } from '../../src/serviceWorker/securityHeaders.ts';
import { serve, type Served } from '../../tools/serve/index.ts';

const weights = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
let folder: string;
let site: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tabeval-serve-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>site</title>');
  writeFileSync(join(folder, 'assets', 'a-1234.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'a-1234.js.gz'), gzipSync('export {};'));
  for (const name of ['module.mjs', 'engine.wasm', 'config.json', 'model.onnx', 'model.onnx_data', 'chat.jinja']) {
    writeFileSync(join(folder, name), weights);
  }
  site = await serve(folder, { port: 0, base: 'some/path' });
});

afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(site.url + path, { headers });

describe('every response', () => {
  test.each(['', 'assets/a-1234.js', 'engine.wasm', 'nothing-here', '../../outside'])(
    '%s has all headers',
    async (path) => {
      const response = await get(path);
      for (const [name, value] of Object.entries(securityHeaders)) expect(response.headers.get(name)).toBe(value);
    },
  );

  test('outside the path of the site there is nothing', async () => {
    expect((await fetch(new URL('/', site.url))).status).toBe(404);
    expect((await fetch(new URL('/some/pathology', site.url))).status).toBe(404);
  });

  test('the path without its slash leads to the site', async () => {
    const response = await fetch(site.url.slice(0, -1));
    expect(response.url).toBe(site.url);
    expect(await response.text()).toContain('<title>site</title>');
  });

  test('what is not there is 404 and no start page', async () => {
    const response = await get('models/none/config.json');
    expect([response.status, response.headers.get('Content-Type')]).toEqual([404, 'text/plain']);
  });
});

test.each([
  ['', 'text/html;charset=utf-8'],
  ['assets/a-1234.js', 'text/javascript'],
  ['module.mjs', 'text/javascript'],
  ['engine.wasm', 'application/wasm'],
  ['config.json', 'application/json'],
  ['model.onnx', 'application/octet-stream'],
  ['model.onnx_data', 'application/octet-stream'],
  ['chat.jinja', 'text/plain;charset=utf-8'],
])('the type of %s is %s', async (path, type) => {
  expect((await get(path)).headers.get('Content-Type')).toBe(type);
});

describe('ranges', () => {
  test('the asked bytes and no others', async () => {
    const response = await get('model.onnx', { Range: 'bytes=100-199' });
    expect([response.status, response.headers.get('Content-Range')]).toEqual([206, 'bytes 100-199/1000']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(weights.subarray(100, 200));
  });

  test('from a byte to the end, as a download goes on', async () => {
    const response = await get('model.onnx', { Range: 'bytes=990-' });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(weights.subarray(990));
  });

  test('beyond the end is 416', async () => {
    expect((await get('model.onnx', { Range: 'bytes=1000-' })).status).toBe(416);
  });

  test('of a file with a compressed twin, counts the bytes of the file', async () => {
    const response = await get('assets/a-1234.js', { Range: 'bytes=0-5', 'Accept-Encoding': 'gzip' });
    expect(await response.text()).toBe('export');
  });
});

test('a compressed twin is sent to whoever takes it', async () => {
  const response = await get('assets/a-1234.js', { 'Accept-Encoding': 'gzip' });
  expect(response.headers.get('Content-Encoding')).toBe('gzip');
  expect(await response.text()).toBe('export {};');
});

test('only names with a hash are kept for good', async () => {
  expect((await get('assets/a-1234.js')).headers.get('Cache-Control')).toContain('immutable');
  expect((await get('')).headers.get('Cache-Control')).toBe('no-cache');
});

describe('ports', () => {
  test('a taken port that was asked for is an error that names it', async () => {
    const { port } = new URL(site.url);
    await expect(serve(folder, { port: Number(port) })).rejects.toThrow(`Port ${port} is taken`);
  });

  test('without a wish, two servers find a port each', async () => {
    const [one, two] = [await serve(folder), await serve(folder)];
    expect(new URL(one.url).port).not.toBe(new URL(two.url).port);
    expect((await fetch(two.url)).status).toBe(200);
    await Promise.all([one.close(), two.close()]);
  });
});
