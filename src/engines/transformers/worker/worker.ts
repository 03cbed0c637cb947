import { serve } from '../../worker/serve.ts';
import { engineFailure } from './failures.ts';
import { generate } from './generate.ts';
import { loadSession } from './load.ts';

serve({
  toFailure: engineFailure,
  async load(order, onProgress) {
    const session = await loadSession(order, onProgress);
    if (session === 'retry-without-subgroups') return session;
    const { model, contextLength } = session;
    return { ...session, answer: (request, turn) => generate({ model, contextLength, request, ...turn }) };
  },
});
