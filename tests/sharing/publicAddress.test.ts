import { describe, expect, test } from 'vitest';
import { checkPublicAddress, isLocalAddress } from '#sharing';

describe('the public address', () => {
  test.each([
    ['https://someone.github.io/tabeval/', 'https://someone.github.io/tabeval/'],
    ['  https://Example.org ', 'https://example.org/'],
    ['http://192.168.1.5:8080/a/b', 'http://192.168.1.5:8080/a/b'],
    ['https://example.org/tabeval/#/results/r1', 'https://example.org/tabeval/'],
    ['https://example.org/tabeval/index.html?utm=1', 'https://example.org/tabeval/index.html'],
    ['https://例子.中国/评测/', 'https://xn--fsqu00a.xn--fiqs8s/%E8%AF%84%E6%B5%8B/'],
  ])('%j is taken as %j', (text, address) => {
    expect(checkPublicAddress(text)).toEqual({ ok: true, address });
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['example.org/tabeval', 'not-an-address'],
    ['https://', 'not-an-address'],
    ['ftp://example.org/', 'not-http'],
    ['javascript:alert(1)', 'not-http'],
    ['file:///C:/tabeval/index.html', 'not-http'],
    ['https://me@example.org/', 'has-credentials'],
    ['https://me:secret@example.org/', 'has-credentials'],
    [`https://example.org/${'a'.repeat(400)}`, 'too-long'],
  ])('%j is refused: %s', (text, problem) => {
    expect(checkPublicAddress(text)).toEqual({ ok: false, problem });
  });
});

describe('an address that leads others nowhere', () => {
  test.each([
    'http://localhost:4173/',
    'http://LOCALHOST./',
    'http://tabeval.localhost/',
    'http://127.0.0.1/',
    'http://127.9.9.9/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://0.0.0.0:8000/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.0.7/tabeval/',
    'http://169.254.1.1/',
    'http://100.64.0.1/',
    'http://[::1]:8080/',
    'http://[::]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[::ffff:192.168.1.1]/',
    'http://nas/',
    'http://printer.local/',
    'http://box.home.arpa/',
    'file:///home/me/index.html',
    'no address',
    '',
  ])('%j', (address) => {
    expect(isLocalAddress(address)).toBe(true);
  });

  test.each([
    'https://someone.github.io/tabeval/',
    'https://localhost.example.org/',
    'https://local.dev/',
    'http://8.8.8.8/',
    'http://172.32.0.1/',
    'http://172.15.0.1/',
    'http://100.128.0.1/',
    'http://11.0.0.1/',
    'http://192.169.0.1/',
    'http://[2001:db8::1]/',
    'http://[::ffff:8.8.8.8]/',
    'https://xn--fsqu00a.xn--fiqs8s/',
  ])('but not %j', (address) => {
    expect(isLocalAddress(address)).toBe(false);
  });
});
