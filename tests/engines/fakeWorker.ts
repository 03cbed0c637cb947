import type { FromWorker, ToWorker } from '../../src/engines/protocol.ts';

/** A worker that does what the test tells it to, and remembers what it was sent. */
export class FakeWorker {
  readonly sent: ToWorker[] = [];
  terminated = false;
  onmessage: ((e: { data: FromWorker }) => void) | null = null;
  onerror: ((e: { message: string }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  readonly #react: (m: ToWorker, say: (m: FromWorker) => void) => void;

  constructor(react: (m: ToWorker, say: (m: FromWorker) => void) => void) {
    this.#react = react;
  }

  postMessage(m: ToWorker): void {
    this.sent.push(m);
    queueMicrotask(() => this.#react(m, (answer) => this.say(answer)));
  }

  say(m: FromWorker): void {
    if (!this.terminated) this.onmessage?.({ data: m });
  }

  terminate(): void {
    this.terminated = true;
  }
}
