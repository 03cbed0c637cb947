/** `npm start`: builds the site if it changed, serves it on this machine, and opens it. Ctrl-C ends it. */
import { parseArgs } from 'node:util';
import open from 'open';
import { ensureBuilt } from './build.ts';
import { serve, usualPort } from './serve/index.ts';

const usage = 'Usage: npm start -- [--port N] [--base /some/path/] [--no-open]';

interface Wish {
  port?: number;
  base?: string;
  open: boolean;
}

function readArguments(): Wish {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, base: { type: 'string' }, 'no-open': { type: 'boolean' } },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new TypeError(`--port must be a whole number from 0 to 65535, not "${values.port}".`);
  }
  return {
    open: !values['no-open'],
    ...(port === undefined ? {} : { port }),
    ...(values.base === undefined ? {} : { base: values.base }),
  };
}

async function start(wish: Wish): Promise<void> {
  console.log('Building, if something changed …');
  const site = await serve(await ensureBuilt(), wish);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void site.close());
  console.log(`\n  Tabeval is at ${site.url}\n  Ctrl-C ends it.\n`);
  if (wish.port === undefined && !site.url.includes(`:${usualPort}/`)) {
    console.log(`  Port ${usualPort} is taken. Results are kept per address: those saved there are not shown here.\n`);
  }
  // Without a screen nothing can be opened; the address above is enough.
  if (wish.open) await open(site.url).catch(() => undefined);
}

function fail(error: unknown): void {
  // Wrong arguments come as TypeErrors, ours and parseArgs' own.
  console.error(error instanceof Error ? error.message : error, error instanceof TypeError ? `\n${usage}` : '');
  process.exitCode = 1;
}

try {
  await start(readArguments());
} catch (error) {
  fail(error);
}
