import { serve } from '../../worker/serve.ts';
import { webLlmFailure } from './failures.ts';
import { generate } from './generate.ts';
import { loadSession } from './load.ts';

serve({
  toFailure: webLlmFailure,
  async load(order, onProgress) {
    const session = await loadSession(order, onProgress);
    const { model, contextLength } = session;
    return { ...session, answer: (request, turn) => generate({ model, contextLength, request, ...turn }) };
  },
});
