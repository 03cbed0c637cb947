import { describe, expect, it } from 'vitest';
import { href, parseRoute, type Route } from '../../src/app/route.ts';

const routes: readonly Route[] = [
  { page: 'run' },
  { page: 'question' },
  { page: 'results' },
  { page: 'result', runId: 'a/b %c' },
  { page: 'item', runId: 'r1', index: 12 },
  { page: 'repeats', runId: 'a/b %c' },
  { page: 'matrix' },
  { page: 'compare', first: 'r1', second: 'r2' },
  { page: 'shared', payload: '1.AbC-_' },
  { page: 'suites' },
  { page: 'suite', suiteId: '我的-1' },
  { page: 'models' },
  { page: 'settings' },
];

describe('routes', () => {
  it.each(routes)('$page: address and route are inverse', (route) => {
    expect(parseRoute(href(route))).toEqual(route);
  });

  it.each(['', '#', '#/'])('%j is the start page', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'run' });
  });

  it.each([
    '#/nonsense',
    '#/results/r1/x',
    '#/results/r1/1/2',
    '#/compare/one',
    '#/shared',
    '#/suites/a/b',
    '#/__proto__',
    '#/%',
  ])('%j is no page, and no exception', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'unknown', hash });
  });
});
