import { failure, FailureError } from '#domain';
import type { OpenTemplate } from '../port.ts';
import type { TemplateOrder, TemplateReply } from './protocol.ts';

/** Milliseconds. A real template renders in one or two. */
const LONGEST = 5_000;

type WithoutId<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

/** A server's chat template in a worker of its own, which is ended when it does not come back. */
export const templateInWorker: OpenTemplate = async (source, tokens) => {
  const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (reply: TemplateReply) => void>();
  let asked = 0;
  let ended: string | null = null;

  function end(why: string): void {
    ended ??= why;
    worker.terminate();
    for (const [id, settle] of waiting) settle({ id, ok: false, failure: failure('template-invalid', ended) });
    waiting.clear();
  }
  // Only our own worker speaks here, in the shape that protocol.ts says.
  worker.addEventListener('message', ({ data }: MessageEvent<TemplateReply>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', (event) => end(event.message));

  async function order(what: WithoutId<TemplateOrder>): Promise<string> {
    if (ended !== null) throw new FailureError(failure('template-invalid', ended));
    const id = asked++;
    const timer = setTimeout(() => end(`the template did not end within ${LONGEST} ms`), LONGEST);
    const reply = await new Promise<TemplateReply>((resolve) => {
      waiting.set(id, resolve);
      worker.postMessage({ ...what, id } satisfies TemplateOrder);
    });
    clearTimeout(timer);
    if (!reply.ok) throw new FailureError(reply.failure);
    return reply.text;
  }

  try {
    const hash = await order({ kind: 'open', source, tokens });
    return {
      hash,
      render: (messages, thinking) => order({ kind: 'render', messages, thinking }),
      dispose: () => end('disposed'),
    };
  } catch (thrown) {
    end('not opened');
    throw thrown;
  }
};
