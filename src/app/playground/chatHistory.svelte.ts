import { toFailure, type Chat, type ChatStore, type Failure } from '#domain';
import { standings, TITLE_LENGTH, titleOf, type Counted, type Standing } from '#domain/chat';
import { LOADING, settle, type Loadable } from '../loadable.ts';

/** The stored conversations. */
export class ChatHistory {
  search = $state('');
  #all = $state.raw<Loadable<readonly Chat[]>>(LOADING);
  #problem = $state.raw<Failure | null>(null);
  readonly #store: ChatStore;

  constructor(store: ChatStore) {
    this.#store = store;
  }

  /** Newest first. */
  get all(): Loadable<readonly Chat[]> {
    return this.#all;
  }

  /** Those whose title, questions or replies hold the words that are searched for. */
  get found(): readonly Chat[] {
    if (this.#all.kind !== 'ready') return [];
    const wanted = this.search.trim().toLowerCase();
    return wanted === '' ? this.#all.value : this.#all.value.filter((chat) => textOf(chat).includes(wanted));
  }

  /** Storage refused a change; what is on the page stays there. */
  get problem(): Failure | null {
    return this.#problem;
  }

  standings(counted: Counted): readonly Standing[] {
    return this.#all.kind === 'ready' ? standings(this.#all.value, counted) : [];
  }

  async refresh(): Promise<void> {
    this.#all = await settle(this.#store.list());
  }

  put(chat: Chat): Promise<void> {
    return this.#change(() => this.#store.put(chat));
  }

  delete(id: string): Promise<void> {
    return this.#change(() => this.#store.delete(id));
  }

  forgetProblem(): void {
    this.#problem = null;
  }

  async #change(work: () => Promise<void>): Promise<void> {
    this.#problem = null;
    try {
      await work();
    } catch (thrown) {
      this.#problem = toFailure(thrown);
    }
    await this.refresh();
  }
}

/** The conversation under another title; '' gives it back the one of its first question. */
export function renamed(chat: Chat, title: string): Chat {
  const given = title.trim().slice(0, TITLE_LENGTH);
  if (given !== '') return { ...chat, title: given };
  const unnamed: { -readonly [K in keyof Chat]: Chat[K] } = { ...chat };
  delete unnamed.title;
  return unnamed;
}

function textOf(chat: Chat): string {
  const turns = chat.turns.flatMap(({ question, replies }) => [question, ...replies.map(({ output }) => output)]);
  return [titleOf(chat), ...turns].join('\n').toLowerCase();
}
