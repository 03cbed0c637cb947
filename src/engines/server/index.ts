/** Models on servers that speak OpenAI's protocol: LM Studio, Ollama, llama-server, vLLM and others. */
import type { ConnectedServer, Engine, ModelRef } from '#domain';
import { describePlatform } from '../platform.ts';
import type { Bridge, ServerTarget } from './bridge.ts';
import type { Send } from './port.ts';

export type { ServerTarget } from './bridge.ts';
export type { Send } from './port.ts';

export interface LocalServers {
  readonly engine: Engine;
  /** Rejects with a FailureError whose code says what is wrong. To be called on a click: the browser may ask first. */
  connect(target: ServerTarget, signal: AbortSignal): Promise<ConnectedServer>;
  disconnect(address: string): Promise<void>;
  /** Resolves with what the server offers then. Rejects with a FailureError, or the signal's reason. */
  setLoaded(address: string, model: ModelRef, wanted: boolean, signal: AbortSignal): Promise<ConnectedServer>;
}

/** Everything else comes with the first connection: it is not part of the page's first bytes. */
export function localServers(send: Send): LocalServers {
  let opened: Promise<Bridge> | null = null;
  const open = async (): Promise<Bridge> => {
    const [{ Bridge }, { templateInWorker }, { browserSurroundings }] = await Promise.all([
      import('./bridge.ts'),
      import('./template/index.ts'),
      import('./surroundings.ts'),
    ]);
    return new Bridge({
      send,
      openTemplate: templateInWorker,
      surroundings: browserSurroundings,
      platform: describePlatform(navigator.userAgent),
    });
  };
  const bridge = (): Promise<Bridge> => (opened ??= open());
  return {
    engine: { id: 'server', load: async (request, signal) => (await bridge()).load(request, signal) },
    connect: async (target, signal) => (await bridge()).connect(target, signal),
    disconnect: async (address) => (await bridge()).disconnect(address),
    setLoaded: async (...order) => (await bridge()).setLoaded(...order),
  };
}
