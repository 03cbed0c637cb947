/** Decodes strangers' files away from the page: a file that takes long or breaks the parser takes only this worker. */
import { toFailure } from '#domain';
import { inspectFile } from '../inspect.ts';
import type { Answers, FromImporter, Order } from '../protocol.ts';
import { previewSuite, readSuite } from '../read.ts';

function post(message: FromImporter): void {
  postMessage(message);
}

function obey(order: Order): Promise<Answers[keyof Answers]> {
  switch (order.kind) {
    case 'inspect':
      return inspectFile(order.file, order.writing);
    case 'preview':
      return previewSuite(order.file, order.options);
    case 'read':
      return readSuite(order.file, order.options, (bytes) => post({ kind: 'progress', bytes }));
  }
}

onmessage = (event: MessageEvent<Order>): void => {
  obey(event.data).then(
    (answer) => post({ kind: 'done', answer }),
    (thrown: unknown) => post({ kind: 'failed', failure: toFailure(thrown) }),
  );
};
