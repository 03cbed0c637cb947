import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { metaPolicy, narrowedConnections, securityHeaders } from '../../src/serviceWorker/securityHeaders.ts';
import { repository } from '../../tools/root.ts';
import { headersFile, withPolicy } from '../../tools/vite/securityHeaders.ts';

const html = withPolicy(readFileSync(join(repository, 'index.html'), 'utf8'));

test('the page has the policy of the headers, but for the directive that has no effect there', () => {
  const inPage = /<meta http-equiv="Content-Security-Policy" content="([^"]*)" \/>/.exec(html)?.[1];
  expect(inPage).toBe(metaPolicy);
  expect(securityHeaders['Content-Security-Policy']).toBe(`${metaPolicy}; frame-ancestors 'none'`);
});

test('the policy comes before any script and style, the charset within the first 1,024 bytes', () => {
  const [charset, policy, style, script] = ['<meta charset', 'Content-Security-Policy', '<style', '<script'].map(
    (text) => html.indexOf(text),
  );
  expect(charset).toBeGreaterThan(0);
  expect(charset).toBeLessThan(1_000);
  expect(policy).toBeGreaterThan(Number(charset));
  expect(Math.min(Number(style), Number(script))).toBeGreaterThan(Number(policy));
});

test('a page without the charset line is refused, because the policy would be left out', () => {
  expect(() => withPolicy('<!doctype html><title>no charset</title>')).toThrow('<meta charset="utf-8" />');
});

test('the file for hosts has every header, for every address', () => {
  const [everything] = headersFile().split('/assets/*');
  expect(everything?.startsWith('/*\n')).toBe(true);
  for (const [name, value] of Object.entries(securityHeaders)) expect(everything).toContain(`  ${name}: ${value}\n`);
});

test('the policy forbids what it is there to forbid', () => {
  const directives: Record<string, string[]> = {};
  for (const [name, ...sources] of metaPolicy.split('; ').map((part) => part.split(' ')))
    directives[String(name)] = sources;
  expect(directives['default-src']).toEqual(["'none'"]);
  expect(directives['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  // Any host that the user names; what the user did not name is shut out by the page's second policy.
  expect(directives['connect-src']).toEqual(["'self'", 'https:', 'http:']);
});

test('the second policy names hosts, and those of the user only where they are given', () => {
  const [name, ...sources] = narrowedConnections([]).split(' ');
  expect(name).toBe('connect-src');
  expect(sources).toContain('https://huggingface.co');
  expect(sources).not.toContain('https:');
  expect(sources).not.toContain('http:');
  expect(narrowedConnections(['https://models.example']).split(' ')).toEqual([
    ...[name, ...sources],
    'https://models.example',
  ]);
});
