import type { Page } from 'playwright-core';
import { choose } from '../eval/page.ts';

export interface StreamedReply {
  readonly text: string;
  /** How often the reply on the screen grew: 1 would be an answer in one piece. */
  readonly steps: number;
}

/** Asks a model in the playground and watches its reply grow. Throws where it ends otherwise than by itself. */
export async function streamReply(page: Page, site: string, modelId: string): Promise<StreamedReply> {
  await page.goto(`${site}#/playground`);
  const model = page.locator(`input[name="playground-model"][data-testid="model-${modelId}"]`);
  await model.waitFor({ state: 'attached' });
  await choose(model);
  await page.getByTestId('playground-tokens').fill('60');
  await page.getByTestId('playground-question').fill('Why is the sky blue?');
  await page.getByTestId('playground-send').click();
  const reply = page.getByTestId('reply').first();
  await reply.waitFor();
  const lengths = new Set<number>();
  for (;;) {
    const ended = await reply.getAttribute('data-ended');
    const text = await reply.innerText();
    lengths.add(text.length);
    if (ended === 'done') return { text, steps: lengths.size };
    if (ended !== null) throw new Error(`The reply ended with ${ended}: ${text}`);
    await page.waitForTimeout(40);
  }
}
