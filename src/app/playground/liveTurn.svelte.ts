import type { ModelRef, Reply } from '#domain';
import type { HeldModels } from './heldModels.ts';
import { writeReply, type LiveReply, type ReplyTask } from './writeReply.ts';

/** One model's place beside the others. */
export interface Column {
  readonly model: ModelRef;
  readonly reply: Reply | LiveReply;
}

/** What is asked, and after which turn. */
export interface Asked {
  readonly parent: number | null;
  readonly question: string;
}

/** A turn while its replies are being written. */
export class LiveTurn implements Asked {
  readonly parent: number | null;
  readonly question: string;
  #columns = $state.raw<readonly Column[]>([]);
  readonly #all = new AbortController();
  readonly #each: readonly AbortController[];

  constructor({ parent, question }: Asked, models: readonly ModelRef[]) {
    this.parent = parent;
    this.question = question;
    this.#each = models.map(() => new AbortController());
    this.#columns = models.map((model) => ({ model, reply: { kind: 'waiting' } }));
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  get ended(): number {
    return this.#columns.filter(({ reply }) => 'end' in reply).length;
  }

  /** Ends one reply, or all, at once; what is written so far stays. */
  stop(place?: number): void {
    const controller = place === undefined ? this.#all : this.#each[place];
    controller?.abort();
  }

  /**
   * In the page one after the other, because two may not fit; servers beside them, and beside each other.
   * @param tasks one for each model, in their order
   */
  async write(tasks: readonly ReplyTask[], held: HeldModels): Promise<readonly Reply[]> {
    const replies: Reply[] = [];
    const write = async (place: number): Promise<void> => {
      const task = tasks[place];
      const own = this.#each[place];
      if (task === undefined || own === undefined) return;
      const signal = AbortSignal.any([this.#all.signal, own.signal]);
      const reply = await writeReply(task, held, (live) => this.#show(place, live), signal);
      replies[place] = reply;
      this.#show(place, reply);
    };
    const places = tasks.map((_, place) => place);
    const here = places.filter((place) => tasks[place]?.device !== 'server');
    const there = places.filter((place) => !here.includes(place));
    const oneByOne = async (): Promise<void> => {
      for (const place of here) await write(place);
    };
    await Promise.all([oneByOne(), ...there.map(write)]);
    return replies;
  }

  #show(place: number, reply: Reply | LiveReply): void {
    this.#columns = this.#columns.map((column, n) => (n === place ? { ...column, reply } : column));
  }
}
