import { toFailure, type Chat, type ChatStore, type ChatTurn, type Failure, type ModelCard, type Reply } from '#domain';
import { chatMessages, isHiddenChat, speakerKey } from '#domain/chat';
import { writeReply, type LiveReply } from './writeReply.ts';
import type { DeviceChoice, DeviceState } from '../device.svelte.ts';
import { KeptModel, type LoadPorts } from '../keptModel.ts';
import { LOADING, settle, type Loadable } from '../loadable.ts';
import type { Models } from '../models.svelte.ts';
import type { RunnerPorts } from '../ports.ts';
import { modelKey } from '../setup.svelte.ts';

export interface PlaygroundPorts extends LoadPorts, Pick<RunnerPorts, 'clock' | 'newId'> {
  readonly chats: ChatStore;
  readonly models: Models;
  readonly device: DeviceState;
}

/** A turn whose replies are being written: those that have ended, and where the others stand. */
export interface LiveTurn {
  readonly question: string;
  readonly cards: readonly ModelCard[];
  readonly ended: readonly Reply[];
  /** Of the reply at place `ended.length`. */
  readonly current: LiveReply;
}

/** The most that a person may ask of a small model in one reply. */
export const MOST_TOKENS = 4096;
const DEFAULT_TOKENS = 256;

/** The playground's state: what is set, the conversation, and the stored ones. */
export class Playground {
  question = $state('');
  system = $state('');
  device = $state<DeviceChoice>('auto');
  maxTokens = $state(DEFAULT_TOKENS);
  blind = $state(false);
  /** Outputs as they are, instead of as Markdown. */
  asText = $state(false);
  #chosen = $state.raw<readonly string[] | null>(null);
  #chat = $state.raw<Chat | null>(null);
  #live = $state.raw<LiveTurn | null>(null);
  #history = $state.raw<Loadable<readonly Chat[]>>(LOADING);
  #problem = $state.raw<Failure | null>(null);
  #controller: AbortController | null = null;
  /** The page is not shown: no model is kept in memory. */
  #left = false;
  readonly #kept: KeptModel;
  readonly #ports: PlaygroundPorts;

  constructor(ports: PlaygroundPorts) {
    this.#ports = ports;
    this.#kept = new KeptModel(ports);
  }

  get chat(): Chat | null {
    return this.#chat;
  }

  get live(): LiveTurn | null {
    return this.#live;
  }

  get history(): Loadable<readonly Chat[]> {
    return this.#history;
  }

  /** Storage refused the conversation, or the deletion; what is on the page stays there. */
  get problem(): Failure | null {
    return this.#problem;
  }

  /** Names and figures are hidden now: of the conversation, or of the one that would begin. */
  get hidden(): boolean {
    return this.#chat === null ? this.blind : isHiddenChat(this.#chat);
  }

  /** In the order of the list; the first model (the embedded one) until something is chosen. */
  get models(): readonly ModelCard[] {
    const { cards } = this.#ports.models;
    if (cards.kind !== 'ready') return [];
    const chosen = this.#chosen;
    return chosen === null ? cards.value.slice(0, 1) : cards.value.filter(({ ref }) => chosen.includes(modelKey(ref)));
  }

  /** A number input gives null for what it cannot read. */
  get validTokens(): boolean {
    return Number.isInteger(this.maxTokens) && this.maxTokens >= 1 && this.maxTokens <= MOST_TOKENS;
  }

  toggleModel(card: ModelCard, on: boolean): void {
    const key = modelKey(card.ref);
    const others = this.models.map(({ ref }) => modelKey(ref)).filter((other) => other !== key);
    this.#chosen = on ? [...others, key] : others;
  }

  async refresh(): Promise<void> {
    this.#history = await settle(this.#ports.chats.list());
  }

  /** Puts the question to the chosen models, one after the other. Nothing happens while one is at work. */
  async send(): Promise<void> {
    const question = this.question.trim();
    if (this.#live !== null || question === '' || this.models.length === 0 || !this.validTokens) return;
    const controller = new AbortController();
    this.#controller = controller;
    const chat = this.#chat ?? this.#begin();
    const { maxTokens } = this;
    const cards = this.#inOrder(chat);
    const ended: Reply[] = [];
    const show = (current: LiveReply): void => {
      this.#live = { question, cards, ended: [...ended], current };
    };
    show({ kind: 'waiting' });
    this.question = '';
    await this.#ports.device.known();
    for (const card of cards) {
      const device = card.ref.source === 'server' ? 'server' : this.#ports.device.resolve(this.device);
      const messages = chatMessages(chat, speakerKey({ model: card.ref, device }), question);
      ended.push(await writeReply({ card, device, messages, maxTokens }, this.#kept, show, controller.signal));
      show({ kind: 'waiting' });
    }
    const turn: ChatTurn = { question, maxTokens, replies: ended, preferred: null };
    this.#live = null;
    this.#controller = null;
    if (this.#left) await this.#kept.release();
    await this.#keep({ ...chat, turns: [...chat.turns, turn] });
  }

  /** Ends at once; what is written so far stays. */
  stop(): void {
    this.#controller?.abort();
  }

  enter(): Promise<void> {
    this.#left = false;
    return this.refresh();
  }

  /** Two pages must not hold a model each: what is being written ends, and the memory is given back. */
  async leave(): Promise<void> {
    this.#left = true;
    this.stop();
    if (this.#live === null) await this.#kept.release();
  }

  /** Says which reply of a turn is the better one; a blind conversation shows its names from then on. */
  async prefer(turn: number, place: number): Promise<void> {
    const chat = this.#chat;
    if (chat === null) return;
    const turns = chat.turns.map((one, n) => (n === turn ? { ...one, preferred: place } : one));
    await this.#keep({ ...chat, turns });
  }

  startOver(): void {
    if (this.#live !== null) return;
    this.#chat = null;
    this.#problem = null;
  }

  open(chat: Chat): void {
    if (this.#live !== null) return;
    this.#chat = chat;
    this.system = chat.system;
    this.blind = chat.blind;
    this.#problem = null;
  }

  async delete(id: string): Promise<void> {
    try {
      await this.#ports.chats.delete(id);
      if (this.#chat?.id === id) this.startOver();
    } catch (thrown) {
      this.#problem = toFailure(thrown);
    }
    await this.refresh();
  }

  #begin(): Chat {
    const now = this.#ports.clock.now();
    const { system, blind } = this;
    return { schema: 1, id: this.#ports.newId(), startedAt: now, updatedAt: now, system, blind, turns: [] };
  }

  /** A blind conversation asks in an order that tells nothing, and keeps it from turn to turn. */
  #inOrder(chat: Chat): readonly ModelCard[] {
    const before = chat.turns.at(-1)?.replies.map(({ model }) => modelKey(model)) ?? [];
    if (before.length > 0) {
      const asked = before.flatMap((key) => this.models.filter(({ ref }) => modelKey(ref) === key));
      return [...asked, ...this.models.filter((card) => !asked.includes(card))];
    }
    return chat.blind ? shuffled(this.models) : this.models;
  }

  /** Shows it and stores it. A conversation that cannot be stored stays on the page. */
  async #keep(chat: Chat): Promise<void> {
    const kept = { ...chat, updatedAt: this.#ports.clock.now() };
    this.#chat = kept;
    this.#problem = null;
    try {
      await this.#ports.chats.put(kept);
    } catch (thrown) {
      this.#problem = toFailure(thrown);
    }
    await this.refresh();
  }
}

/** Fisher and Yates. */
function shuffled<T>(all: readonly T[]): readonly T[] {
  const mixed = [...all];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
