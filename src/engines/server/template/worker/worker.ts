/// <reference lib="webworker" />
/** Renders a foreign chat template. It may loop for ever: the page ends this worker then. */
import { toFailure } from '#domain';
import { chatTemplate, type ChatTemplate } from '../../../worker/template.ts';
import type { TemplateOrder, TemplateReply } from '../protocol.ts';

let template: ChatTemplate | null = null;

self.addEventListener('message', ({ data }: MessageEvent<TemplateOrder>) => {
  self.postMessage(answer(data));
});

function answer(order: TemplateOrder): TemplateReply {
  try {
    if (order.kind === 'open') {
      template = chatTemplate(order.source, order.tokens);
      return { id: order.id, ok: true, text: template.hash };
    }
    if (template === null) throw new Error('rendered before opened');
    return { id: order.id, ok: true, text: template.render(order.messages, order.thinking) };
  } catch (thrown) {
    return { id: order.id, ok: false, failure: toFailure(thrown) };
  }
}
