import { expect, test } from 'vitest';
import { checkServerAddress } from '../../src/models/serverAddress.ts';

test.each([
  ['http://127.0.0.1:1234', 'http://127.0.0.1:1234', 'loopback'],
  [' localhost:11434 ', 'http://localhost:11434', 'loopback'],
  ['http://localhost:1234/v1', 'http://localhost:1234', 'loopback'],
  ['http://localhost:1234/v1/chat/completions', 'http://localhost:1234', 'loopback'],
  ['http://[::1]:8080/', 'http://localhost:8080', 'loopback'],
  ['192.168.1.20:8000', 'http://192.168.1.20:8000', 'local'],
  ['http://10.0.0.2/llm/v1/', 'http://10.0.0.2/llm', 'local'],
  ['http://studio.local:1234', 'http://studio.local:1234', 'local'],
  ['http://gpu-box:8000', 'http://gpu-box:8000', 'local'],
  ['https://models.example.org/v1', 'https://models.example.org', null],
])('%s', (text, address, space) => {
  expect(checkServerAddress(text)).toEqual({ ok: true, address, space });
});

test.each([
  ['', 'not-an-address'],
  ['ftp://localhost', 'not-an-address'],
  ['javascript:alert(1)', 'not-an-address'],
  ['http://me:secret@localhost:1234', 'has-credentials'],
  ['http://models.example.org', 'http-elsewhere'],
  ['http://8.8.8.8:1234', 'http-elsewhere'],
  ['http://172.32.0.1', 'http-elsewhere'],
  // Looks local, is not.
  ['http://127.0.0.1.example.org', 'http-elsewhere'],
  ['http://localhost.example.org', 'http-elsewhere'],
])('%s is refused', (text, problem) => {
  expect(checkServerAddress(text)).toEqual({ ok: false, problem });
});
