import type { Chat, ChatStore, ChatTurn, Preference } from '#domain';
import { chatMessages, courseOf, newestBelow, speakerKey } from '#domain/chat';
import type { LoadPorts } from '../keptModel.ts';
import type { RunnerPorts } from '../ports.ts';
import { ChatHistory, renamed } from './chatHistory.svelte.ts';
import { HeldModels } from './heldModels.ts';
import { LiveTurn } from './liveTurn.svelte.ts';
import { columnOrder, shownTurns, type ShownTurn } from './shownTurns.ts';
import { TurnSettings, type TurnPorts } from './turnSettings.svelte.ts';
import type { ReplyTask } from './writeReply.ts';

export interface PlaygroundPorts extends LoadPorts, TurnPorts, Pick<RunnerPorts, 'clock' | 'newId'> {
  readonly chats: ChatStore;
}

/** The playground's state: what is set, the conversation, and the stored ones. */
export class Playground {
  question = $state('');
  system = $state('');
  blind = $state(false);
  /** Outputs as they are, instead of as Markdown. */
  asText = $state(false);
  readonly settings: TurnSettings;
  readonly history: ChatHistory;
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
    this.settings = new TurnSettings(ports);
  }

  get chat(): Chat | null {
    return this.#chat;
  }

  get live(): LiveTurn | null {
    return this.#live;
  }

  /** What is shown, from the beginning to the turn that is being written. */
  get course(): readonly ShownTurn[] {
    return shownTurns(this.#chat ?? { ...EMPTY, blind: this.blind }, this.#live);
  }

  /** Whether a question could be asked now. */
  get ready(): boolean {
    return this.#live === null && this.settings.valid;
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
    const { maxTokens, thinking, models } = this.settings;
    const how = this.settings.forTurn();
    const turns = courseOf(chat, parent).map(({ turn }) => turn);
    const cards = columnOrder(chat, turns, models, this.#ports.random);
    const live = new LiveTurn(
      { parent, question },
      cards.map(({ ref }) => ref),
    );
    this.#live = live;
    await this.#ports.device.known();
    const tasks = cards.map((card): ReplyTask => {
      const asked = how(card);
      const speaker = speakerKey({ model: card.ref, device: asked.device });
      return { card, ...asked, messages: chatMessages({ system: chat.system, turns }, speaker, question) };
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
