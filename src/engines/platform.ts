/** Browser and operating system by the user agent, for people who compare runs; nothing is decided by them. */
export interface Platform {
  /** "Chrome 142". */
  readonly browser: string;
  /** "Windows", "macOS", "Android", "iOS", "Linux", "ChromeOS". */
  readonly os: string;
}

/** Every browser's user agent names the older ones it wants to be taken for: the first match in this order is right. */
const BROWSERS: readonly (readonly [name: string, version: RegExp])[] = [
  ['Edge', /Edg(?:A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+).* Safari\//],
];

const SYSTEMS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Windows', /Windows/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['ChromeOS', /CrOS/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux/],
];

export function describePlatform(userAgent: string): Platform {
  let browser = 'unknown';
  for (const [name, pattern] of BROWSERS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version === undefined) continue;
    browser = `${name} ${version}`;
    break;
  }
  const os = SYSTEMS.find(([, mark]) => mark.test(userAgent))?.[0] ?? 'unknown';
  return { browser, os };
}

/** More threads than this bring nothing for one token at a time: memory is the limit. */
const MAX_THREADS = 4;

/** Threads that WASM gets. They share memory, which the browser allows only to cross-origin isolated pages. */
export function wasmThreads(isolated: boolean, cores: number): number {
  return isolated ? Math.max(1, Math.min(MAX_THREADS, cores)) : 1;
}
