/** `node tools/launch.mjs icons`: draws the PNG icons from the SVG ones; to be run after one of those was changed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { repository } from './root.ts';

const folder = join(repository, 'public', 'icons');
const drawings = [
  { from: 'icon.svg', to: 'icon-192.png', size: 192 },
  { from: 'icon.svg', to: 'icon-512.png', size: 512 },
  { from: 'icon-maskable.svg', to: 'icon-maskable-512.png', size: 512 },
];

const browser = await launchBrowser({ webgpu: false });
for (const { from, to, size } of drawings) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block }</style>${readFileSync(join(folder, from), 'utf8')}`,
  );
  await page.screenshot({ path: join(folder, to), omitBackground: true });
  await page.close();
}
await browser.close();
