/** The address is parsed once, here; the views get a typed route and never look at `location`. */
export type Route =
  | { readonly page: 'run' }
  | { readonly page: 'question' }
  | { readonly page: 'playground' }
  | { readonly page: 'results' }
  | { readonly page: 'result'; readonly runId: string }
  | { readonly page: 'item'; readonly runId: string; readonly index: number }
  /** The repeats that this run belongs to. */
  | { readonly page: 'repeats'; readonly runId: string }
  | { readonly page: 'matrix' }
  | { readonly page: 'compare'; readonly first: string; readonly second: string }
  | { readonly page: 'shared'; readonly payload: string }
  | { readonly page: 'suites' }
  /** The editor of one's own suite. */
  | { readonly page: 'suite'; readonly suiteId: string }
  | { readonly page: 'models' }
  | { readonly page: 'settings' }
  | { readonly page: 'diagnose' }
  /** An address that no page has. */
  | { readonly page: 'unknown'; readonly hash: string };

/** The pages whose address is one word. */
const PAGES = new Map<string, Route>([
  ['', { page: 'run' }],
  ['run', { page: 'run' }],
  ['question', { page: 'question' }],
  ['playground', { page: 'playground' }],
  ['results', { page: 'results' }],
  ['compare', { page: 'matrix' }],
  ['suites', { page: 'suites' }],
  ['models', { page: 'models' }],
  ['settings', { page: 'settings' }],
  ['diagnose', { page: 'diagnose' }],
]);

/** Reads `location.hash`: "#/results/ID/3". Anything that is no page of ours is `unknown`, never an exception. */
export function parseRoute(hash: string): Route {
  const parts = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decodePart);
  const [page = '', a, b] = parts;
  const alone = PAGES.get(page);
  if (parts.length === 1 && alone !== undefined) return alone;
  if (page === 'results' && a !== undefined && a !== '') {
    if (b === undefined) return { page: 'result', runId: a };
    if (/^\d{1,6}$/.test(b) && parts.length === 3) return { page: 'item', runId: a, index: Number(b) };
  }
  if (page === 'compare' && a !== undefined && b !== undefined && parts.length === 3) {
    return { page: 'compare', first: a, second: b };
  }
  if (page === 'repeats' && a !== undefined && a !== '' && parts.length === 2) return { page: 'repeats', runId: a };
  if (page === 'suites' && a !== undefined && a !== '' && parts.length === 2) return { page: 'suite', suiteId: a };
  if (page === 'shared' && a !== undefined && parts.length === 2) return { page: 'shared', payload: a };
  return { page: 'unknown', hash };
}

/** The address of a route, relative to the page: usable as `href` from any sub-path. */
export function href(route: Route): string {
  switch (route.page) {
    case 'run':
    case 'question':
    case 'playground':
    case 'results':
    case 'suites':
    case 'models':
    case 'settings':
    case 'diagnose':
      return `#/${route.page}`;
    case 'matrix':
      return '#/compare';
    case 'result':
      return `#/results/${encodeURIComponent(route.runId)}`;
    case 'item':
      return `#/results/${encodeURIComponent(route.runId)}/${route.index}`;
    case 'repeats':
      return `#/repeats/${encodeURIComponent(route.runId)}`;
    case 'compare':
      return `#/compare/${encodeURIComponent(route.first)}/${encodeURIComponent(route.second)}`;
    case 'suite':
      return `#/suites/${encodeURIComponent(route.suiteId)}`;
    case 'shared':
      return `#/shared/${encodeURIComponent(route.payload)}`;
    case 'unknown':
      return route.hash;
  }
}

/** `decodeURIComponent` throws on a lone "%": such a part stays as it is. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
