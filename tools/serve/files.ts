/** Types that the server's own table lacks, by the end of the file's name. `nosniff` makes a type necessary. */
const types: Record<string, string> = {
  '.onnx': 'application/octet-stream',
  '.onnx_data': 'application/octet-stream',
  '.jinja': 'text/plain;charset=utf-8',
};

/** The type of a file whose type must be set by hand, by its path without query. */
export function contentType(path: string): string | undefined {
  return Object.entries(types).find(([ending]) => path.endsWith(ending))?.[1];
}

/** Names in assets/ carry a hash of their content, so they never change; everything else may with the next build. */
export function cacheControl(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}
