import { mkdirSync } from 'node:fs';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions as PlaywrightOptions,
} from 'playwright-core';
import { findBrowser } from './find.ts';

export interface LaunchOptions {
  /**
   * true: Chromium's software adapter, the same on every machine. 'hardware': the machine's own GPU.
   * false: none: `requestAdapter()` gives null.
   */
  webgpu: boolean | 'hardware';
  /** Default true. */
  headless?: boolean;
}

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

function webgpuFlags(webgpu: LaunchOptions['webgpu']): string[] {
  switch (webgpu) {
    case true:
      return ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
    case 'hardware':
      // Headless Chromium on Linux takes the software rasteriser unless it is told to use Vulkan.
      return ['--enable-unsafe-webgpu', '--ignore-gpu-blocklist', '--enable-features=Vulkan', '--use-angle=vulkan'];
    case false:
      // No switch takes navigator.gpu away; without a GPU process and a software one there is no adapter.
      return ['--disable-gpu', '--disable-software-rasterizer'];
  }
}

async function playwrightOptions({ webgpu, headless = true }: LaunchOptions): Promise<PlaywrightOptions> {
  const { path, env } = await findBrowser();
  return {
    executablePath: path,
    headless,
    env: { ...process.env, ...env },
    args: [...quiet, ...webgpuFlags(webgpu)],
    // Chromium refuses its sandbox as root, as in most containers; only our own pages are opened.
    chromiumSandbox: false,
  };
}

/** A browser whose contexts keep nothing; the caller closes it. */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  return chromium.launch(await playwrightOptions(options));
}

/**
 * A browser with one context that keeps its storage in `folder`, made if it is not there: closing and launching again
 * finds what was stored. One launch at a time for a folder. The caller closes the context, which ends the browser.
 */
export async function launchProfile(
  folder: string,
  options: LaunchOptions & BrowserContextOptions,
): Promise<BrowserContext> {
  const { webgpu, headless, ...context } = options;
  mkdirSync(folder, { recursive: true });
  const launch = await playwrightOptions({ webgpu, ...(headless === undefined ? {} : { headless }) });
  return chromium.launchPersistentContext(folder, { ...context, ...launch });
}
