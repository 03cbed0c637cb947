import { failure, FailureError } from '#domain';

/**
 * The pieces of a body as text, however they were cut. Rejects with a FailureError `answer-broken` where the connection
 * breaks or there are too many bytes.
 */
export async function* pieces(response: Response, maxBytes: number): AsyncGenerator<string, void, undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const decoder = new TextDecoder();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((thrown: unknown) => {
        throw broken(String(thrown));
      });
      if (done) break;
      bytes += value.byteLength;
      if (bytes > maxBytes) throw broken(`more than ${maxBytes} bytes`);
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    // Tells the server that nobody listens any more. Not awaited: a connection that is cut never answers.
    void reader.cancel().catch(() => undefined);
  }
}

export async function bodyText(response: Response, maxBytes: number): Promise<string> {
  let text = '';
  for await (const piece of pieces(response, maxBytes)) text += piece;
  return text;
}

function broken(detail: string): FailureError {
  return new FailureError(failure('answer-broken', detail));
}
