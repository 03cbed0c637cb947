import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';

/** Compressed bytes that may be fetched until Run accepts a click. The end-to-end test measures the same in a browser. */
export const firstLoadLimit = 100_000;

/** The page whose button is meant; a lazy chunk of the entry. */
const runPage = 'src/views/run/RunPage.svelte';

/** The part of Vite's manifest (.vite/manifest.json) that is read here: which chunk needs which. */
const manifestSchema = v.record(
  v.string(),
  v.object({
    file: v.string(),
    imports: v.optional(v.array(v.string()), []),
    css: v.optional(v.array(v.string()), []),
  }),
);
type Manifest = v.InferOutput<typeof manifestSchema>;

/** Files of the chunks `names` and of everything that they import statically. */
function closure(manifest: Manifest, names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build has no chunk of ${name}. Was the page renamed? Then rename it here too.`);
    for (const file of [chunk.file, ...chunk.css]) files.add(file);
    waiting.push(...chunk.imports);
  }
  return files;
}

/** The scripts, preloads and styles that the page itself names. */
function namedIn(html: string): string[] {
  return [...html.matchAll(/<(?:script|link)[^>]*(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file]) => String(file));
}

export interface FirstLoad {
  /** Sum of the gzipped sizes, bytes. */
  bytes: number;
  files: { file: string; bytes: number }[];
}

/** What a first visit to the run page of the built site in `folder` fetches: the page, its scripts and styles. */
export function firstLoad(folder: string): FirstLoad {
  const json: unknown = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
  const manifest = v.parse(manifestSchema, json);
  const named = namedIn(readFileSync(join(folder, 'index.html'), 'utf8'));
  const entries = Object.keys(manifest).filter((name) => named.includes(manifest[name]?.file ?? ''));
  if (entries.length === 0) throw new Error('index.html of the build names no script of the build.');
  const needed = new Set(['index.html', ...named, ...closure(manifest, [...entries, runPage])]);
  const files = [...needed]
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(folder, file)), { level: 9 }).length }))
    .sort((a, b) => b.bytes - a.bytes);
  return { bytes: files.reduce((sum, file) => sum + file.bytes, 0), files };
}
