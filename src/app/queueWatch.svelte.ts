import type { Job } from './job.ts';
import { keepAwake } from './keepAwake.ts';

/** `refused`: the browser or the person does not allow notifications for this address. */
export type NoticeWish = 'off' | 'asking' | 'on' | 'refused';

/** What goes on around a queue: the screen stays awake, and on request a notification says that the queue has ended. */
export class QueueWatch {
  #wish = $state.raw<NoticeWish>('off');

  get wish(): NoticeWish {
    return this.#wish;
  }

  /** For RunnerPorts.onQueue. */
  begin(): (jobs: readonly Job[]) => void {
    const over = new AbortController();
    keepAwake(over.signal);
    return (jobs) => {
      over.abort();
      if (this.#wish === 'on') void import('./endNotice.ts').then(({ notifyEnd }) => notifyEnd(jobs));
    };
  }

  /** From the click on the checkbox: browsers ask for the permission only then. */
  async want(on: boolean): Promise<void> {
    if (!on) {
      this.#wish = 'off';
      return;
    }
    this.#wish = 'asking';
    const { mayNotify } = await import('./endNotice.ts');
    this.#wish = (await mayNotify()) ? 'on' : 'refused';
  }
}
