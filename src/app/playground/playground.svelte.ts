import {
  SEEDS,
  type Chat,
  type ChatStore,
  type ChatTurn,
  type ModelCard,
  type Preference,
  type ThinkingMode,
} from '#domain';
import { chatMessages, courseOf, isHiddenTurn, newestBelow, speakerKey, versionsOf } from '#domain/chat';
import type { CatalogueState } from '../catalogue.svelte.ts';
import type { DeviceChoice, DeviceState } from '../device.svelte.ts';
import type { LoadPorts } from '../keptModel.ts';
import type { Models } from '../models.svelte.ts';
import type { RunnerPorts } from '../ports.ts';
import { modelKey } from '../setup.svelte.ts';
import { ChatHistory, renamed } from './chatHistory.svelte.ts';
import { HeldModels } from './heldModels.ts';
import { LiveTurn, type Column } from './liveTurn.svelte.ts';
import { SamplingChoice } from './samplingChoice.svelte.ts';
import { shuffled } from './shuffled.ts';
import type { ReplyTask } from './writeReply.ts';

export interface PlaygroundPorts extends LoadPorts, Pick<RunnerPorts, 'clock' | 'newId'> {
  readonly chats: ChatStore;
  readonly models: Models;
  readonly device: DeviceState;
  readonly catalogue: CatalogueState;
  /** At least 0, below 1. */
  readonly random: () => number;
}

/** A turn as the page shows it: stored, or still being written. */
export interface ShownTurn {
  /** Place in `Chat.turns`, or the one that it will have. */
  readonly place: number;
  readonly question: string;
  readonly columns: readonly Column[];
  readonly preferred: Preference;
  /** Neither name nor figures may tell which model wrote what. */
  readonly hidden: boolean;
  /** Places of all versions of this turn, its own among them. */
  readonly versions: readonly number[];
  readonly live: boolean;
}

/** The most that a person may ask of a small model in one reply. */
export const MOST_TOKENS = 8192;
const DEFAULT_TOKENS = 512;

/** llama.cpp reads the highest seed as "any". */
const DRAWN_BELOW = SEEDS / 2;

/** The playground's state: what is set, the conversation, and the stored ones. */
export class Playground {
  question = $state('');
  system = $state('');
  device = $state<DeviceChoice>('auto');
  maxTokens = $state(DEFAULT_TOKENS);
  blind = $state(false);
  /** Null: each model as it does by itself. */
  thinking = $state<ThinkingMode | null>(null);
  /** Outputs as they are, instead of as Markdown. */
  asText = $state(false);
  readonly sampling: SamplingChoice;
  readonly history: ChatHistory;
  #chosen = $state.raw<readonly string[] | null>(null);
  #chat = $state.raw<Chat | null>(null);
  #live = $state.raw<LiveTurn | null>(null);
  /** The page is not shown: no model is kept in memory. */
  #left = false;
  readonly #held: HeldModels;
  readonly #ports: PlaygroundPorts;

  constructor(ports: PlaygroundPorts) {
    this.#ports = ports;
    this.#held = new HeldModels(ports);
    this.history = new ChatHistory(ports.chats);
    this.sampling = new SamplingChoice(ports.catalogue);
  }

  get chat(): Chat | null {
    return this.#chat;
  }

  get live(): LiveTurn | null {
    return this.#live;
  }

  /** What is shown, from the beginning to the turn that is being written. */
  get course(): readonly ShownTurn[] {
    const chat = this.#chat ?? EMPTY;
    const live = this.#live;
    const stored = courseOf(chat, live === null ? chat.at : live.parent).map(({ place, turn }): ShownTurn => {
      const columns = turn.replies.map((reply) => ({ model: reply.model, reply }));
      const versions = versionsOf(chat, turn.parent);
      const { question, preferred } = turn;
      return { place, question, columns, preferred, versions, hidden: isHiddenTurn(chat, turn), live: false };
    });
    if (live === null) return stored;
    const { columns, parent, question } = live;
    const place = chat.turns.length;
    const hidden = (this.#chat?.blind ?? this.blind) && columns.length > 1;
    const versions = [...versionsOf(chat, parent), place];
    return [...stored, { place, question, columns, preferred: null, hidden, versions, live: true }];
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

  /** Whether a question could be asked now. */
  get ready(): boolean {
    return this.#live === null && this.models.length > 0 && this.validTokens && this.sampling.valid;
  }

  toggleModel(card: ModelCard, on: boolean): void {
    const key = modelKey(card.ref);
    const others = this.models.map(({ ref }) => modelKey(ref)).filter((other) => other !== key);
    this.#chosen = on ? [...others, key] : others;
  }

  /** Puts the question to the chosen models. Nothing happens while a turn is being written. */
  async send(): Promise<void> {
    const question = this.question.trim();
    if (!this.ready || question === '') return;
    this.question = '';
    await this.#ask(this.#chat?.at ?? null, question);
  }

  /** Asks a turn again, changed or as it was. The turn before stays, as another version of it. */
  async askAgain(place: number, question: string): Promise<void> {
    const turn = this.#chat?.turns[place];
    const asked = question.trim();
    if (!this.ready || turn === undefined || asked === '') return;
    await this.#ask(turn.parent, asked);
  }

  /** Ends one reply, or all, at once; what is written so far stays. */
  stop(place?: number): void {
    this.#live?.stop(place);
  }

  async enter(): Promise<void> {
    this.#left = false;
    await Promise.all([this.history.refresh(), this.#ports.catalogue.open()]);
  }

  /** Two pages must not hold a model each: what is being written ends, and the memory is given back. */
  async leave(): Promise<void> {
    this.#left = true;
    this.stop();
    if (this.#live === null) await this.#held.release();
  }

  /**
   * Says which reply of a turn is the better one, or that none is. In a blind conversation that shows the names, and it
   * cannot be changed after that: whoever knows the names does not choose blindly.
   */
  async prefer(place: number, preferred: Preference): Promise<void> {
    const chat = this.#chat;
    const turn = chat?.turns[place];
    if (chat === null || turn === undefined || (chat.blind && turn.preferred !== null)) return;
    const turns = chat.turns.map((one, n) => (n === place ? { ...one, preferred } : one));
    await this.#keep({ ...chat, turns });
  }

  /** Shows another version of a turn, and what came after it. */
  async show(place: number): Promise<void> {
    if (this.#chat === null || this.#live !== null) return;
    await this.#keep({ ...this.#chat, at: newestBelow(this.#chat, place) });
  }

  startOver(): void {
    if (this.#live !== null) return;
    this.#chat = null;
    this.history.forgetProblem();
  }

  open(chat: Chat): void {
    if (this.#live !== null) return;
    this.#chat = chat;
    this.system = chat.system;
    this.blind = chat.blind;
    this.history.forgetProblem();
  }

  async rename(chat: Chat, title: string): Promise<void> {
    const changed = renamed(chat, title);
    if (this.#chat?.id === chat.id) this.#chat = renamed(this.#chat, title);
    await this.history.put(changed);
  }

  async delete(id: string): Promise<void> {
    await this.history.delete(id);
    if (this.#chat?.id === id && this.history.problem === null) this.startOver();
  }

  async #ask(parent: number | null, question: string): Promise<void> {
    const chat = this.#chat ?? this.#begin();
    const { maxTokens, sampling, device, thinking } = this;
    const seed = sampling.seed ?? Math.floor(this.#ports.random() * DRAWN_BELOW);
    const turns = courseOf(chat, parent).map(({ turn }) => turn);
    const cards = this.#inOrder(chat, turns);
    const live = new LiveTurn(
      { parent, question },
      cards.map(({ ref }) => ref),
    );
    this.#live = live;
    await this.#ports.device.known();
    const tasks = cards.map((card): ReplyTask => {
      const where = card.ref.source === 'server' ? 'server' : this.#ports.device.resolve(device, card.ref.build);
      const speaker = speakerKey({ model: card.ref, device: where });
      const messages = chatMessages({ system: chat.system, turns }, speaker, question);
      return { card, device: where, sampling: sampling.for(card, seed, thinking), messages, maxTokens, thinking };
    });
    const replies = await live.write(tasks, this.#held);
    const told = thinking === null ? {} : { thinking };
    const turn: ChatTurn = { parent, question, maxTokens, ...told, replies, preferred: null };
    const kept = this.#keep({ ...chat, turns: [...chat.turns, turn], at: chat.turns.length });
    this.#live = null;
    if (this.#left) await this.#held.release();
    await kept;
  }

  #begin(): Chat {
    const now = this.#ports.clock.now();
    const { system, blind } = this;
    return { ...EMPTY, id: this.#ports.newId(), startedAt: now, updatedAt: now, system, blind };
  }

  /**
   * A blind conversation asks in an order that tells nothing. While names are hidden the order stays from turn to turn,
   * so that a column goes on with what it said; once they were shown, it is drawn anew.
   */
  #inOrder(chat: Chat, turns: readonly ChatTurn[]): readonly ModelCard[] {
    const last = turns.at(-1);
    if (chat.blind && (last === undefined || !isHiddenTurn(chat, last))) {
      return shuffled(this.models, this.#ports.random);
    }
    const before = last?.replies.map(({ model }) => modelKey(model)) ?? [];
    const asked = before.flatMap((key) => this.models.filter(({ ref }) => modelKey(ref) === key));
    return [...asked, ...this.models.filter((card) => !asked.includes(card))];
  }

  /** Shows it and stores it. A conversation that cannot be stored stays on the page. */
  async #keep(chat: Chat): Promise<void> {
    const kept = { ...chat, updatedAt: this.#ports.clock.now() };
    this.#chat = kept;
    await this.history.put(kept);
  }
}

const EMPTY: Chat = {
  schema: 2,
  id: 'empty',
  startedAt: '',
  updatedAt: '',
  system: '',
  blind: false,
  turns: [],
  at: null,
};
