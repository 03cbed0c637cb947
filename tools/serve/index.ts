import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import sirv from 'sirv';
import { securityHeaders } from '../../src/serviceWorker/securityHeaders.ts';
import { cacheControl, contentType } from './files.ts';

/** 127.0.0.1 and not "localhost", whose name another program may hold on IPv6. */
const host = '127.0.0.1';

/** Taken unless another is asked for; the same as that of Vite's preview. */
export const usualPort = 4173;

export interface ServeOptions {
  /** Must be free. Left out: 4173 if it is free, else any. 0: any. */
  port?: number;
  /** The path under which the site is served, for example '/some/path/'. Default '/'. */
  base?: string;
  /** Send no security headers, like a host where none can be set. Default false. */
  plain?: boolean;
}

export interface Served {
  /** Address of the site's root, ends in '/'. */
  url: string;
  close(): Promise<void>;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

const portTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

async function listenSomewhere(server: Server, port: number | undefined): Promise<number> {
  try {
    return await listen(server, port ?? usualPort);
  } catch (error) {
    if (!portTaken(error)) throw error;
    if (port === undefined) return listen(server, 0);
    throw new Error(`Port ${port} is taken. Choose another, or none for any free one.`, { cause: error });
  }
}

function withSlashes(base: string): string {
  return `/${base}/`.replace(/\/+/g, '/');
}

/**
 * Serves the files of `folder` as a static host would: the security headers, ranges, compressed twins (`name.js.gz`),
 * 404 for what is not there. The list of files is read once, at the start.
 */
export async function serve(folder: string, options: ServeOptions = {}): Promise<Served> {
  const base = withSlashes(options.base ?? '/');
  const headers = options.plain ? [] : Object.entries(securityHeaders);
  const files = sirv(folder, {
    gzip: true,
    etag: true,
    setHeaders(response, path) {
      response.setHeader('Cache-Control', cacheControl(path));
      const type = contentType(path);
      if (type) response.setHeader('Content-Type', type);
    },
  });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of headers) response.setHeader(name, value);
    const url = request.url ?? '/';
    const notFound = () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
    };
    if (url === base.slice(0, -1)) response.writeHead(301, { Location: base }).end();
    else if (!url.startsWith(base)) notFound();
    else if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405).end();
    else {
      request.url = url.slice(base.length - 1);
      // A range counts the bytes of the file itself, not those of its compressed twin.
      if (request.headers.range) request.headers['accept-encoding'] = 'identity';
      files(request, response, notFound);
    }
  }

  const server = createServer(answer);
  const port = await listenSomewhere(server, options.port);
  return {
    url: `http://${host}:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Browsers keep connections open; they would hold the closing up for minutes.
        server.closeAllConnections();
      }),
  };
}
