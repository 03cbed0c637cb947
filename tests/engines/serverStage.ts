/** A bridge with a short patience, connected to a stand-in by Node's own fetch. */
import type { GenerateEvent, LoadedModel, Message, ModelCard } from '#domain';
import { Bridge } from '../../src/engines/server/bridge.ts';
import type { Patience, Send } from '../../src/engines/server/port.ts';
import { chatTemplate } from '../../src/engines/worker/template.ts';
import { standIn, type Scenario, type StandIn } from '../fixtures/servers/index.ts';

export const never = new AbortController().signal;
export const question: readonly Message[] = [{ role: 'user', content: 'What is the capital of France?' }];

const PATIENCE: Patience = {
  shortMs: 500,
  firstTokenMs: 400,
  betweenTokensMs: 200,
  backoffMs: 5,
  retries: 2,
  refusedMs: 2_000,
};

/** Node has no CORS: an answer that the page could not read can be read here. */
const send: Send = (address, { method, headers, body, signal }) =>
  fetch(address, { method, headers, signal, ...(body === undefined ? {} : { body }) });

export function bridge(change: { send?: Send; patience?: Partial<Patience> } = {}): Bridge {
  return new Bridge({
    send: change.send ?? send,
    // In this thread: a worker is the page's business.
    openTemplate: (source, tokens) => {
      const template = chatTemplate(source, tokens);
      return Promise.resolve({
        hash: template.hash,
        render: (messages, thinking) => Promise.resolve(template.render(messages, thinking)),
        dispose: () => undefined,
      });
    },
    surroundings: () => Promise.resolve({ safariMixed: false, permission: 'granted' }),
    platform: { browser: 'none', os: 'none' },
    patience: { ...PATIENCE, ...change.patience },
  });
}

export interface Stage {
  readonly server: StandIn;
  readonly bridge: Bridge;
  /** The server's first model. */
  readonly card: ModelCard;
  readonly load: () => Promise<LoadedModel>;
}

const open: StandIn[] = [];

export async function stage(scenario: Scenario, patience: Partial<Patience> = {}): Promise<Stage> {
  const server = await standIn(scenario);
  open.push(server);
  const subject = bridge({ patience });
  const target = { address: server.address, key: scenario.key ?? null, kind: 'other' } as const;
  const { models } = await subject.connect(target, never);
  const card = models[0]?.card;
  if (card === undefined) throw new Error('the stand-in offers no model');
  const load = (): Promise<LoadedModel> =>
    subject.load({ model: card.ref, device: 'server', onProgress: () => undefined }, never);
  return { server, bridge: subject, card, load };
}

export async function closeStages(): Promise<void> {
  await Promise.all(open.splice(0).map((server) => server.close()));
}

export async function answer(model: LoadedModel, maxTokens = 16, signal = never): Promise<readonly GenerateEvent[]> {
  const prompt = await model.render(question);
  const events: GenerateEvent[] = [];
  const request = { messages: question, prompt, maxTokens, sampling: { kind: 'greedy' } } as const;
  for await (const event of model.generate(request, signal)) events.push(event);
  return events;
}
