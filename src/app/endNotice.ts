import { m } from '#i18n';
import { countVerdicts } from '#domain';
import type { Job } from './job.ts';

/** Asks the person, by the browser's own question. To be called from a click. False: refused, or not to be had here. */
export async function mayNotify(): Promise<boolean> {
  if (typeof Notification === 'undefined') return false;
  try {
    return (await Notification.requestPermission()) === 'granted';
  } catch {
    return false;
  }
}

/** Says by a notification of the system that a queue has ended, and what came of it. Silent where it is refused. */
export async function notifyEnd(jobs: readonly Job[]): Promise<void> {
  const { title, body } = endWords(jobs);
  try {
    // Phones show notifications only from a service worker.
    const worker = await navigator.serviceWorker?.getRegistration();
    if (worker === undefined) new Notification(title, { body });
    else await worker.showNotification(title, { body });
  } catch {
    // The permission was taken back meanwhile.
  }
}

function endWords(jobs: readonly Job[]): { readonly title: string; readonly body: string } {
  const headers = jobs.flatMap(({ state }) => (state.kind === 'ended' ? [state.header] : []));
  const finished = headers.filter(({ state }) => state.kind === 'finished').length;
  const correct = headers.reduce((sum, { verdicts }) => sum + countVerdicts(verdicts).correct, 0);
  const items = headers.reduce((sum, { verdicts }) => sum + verdicts.length - countVerdicts(verdicts).pending, 0);
  return {
    title: m.queue_notice_title({ done: finished, total: jobs.length }),
    body: m.queue_notice_body({ correct, items }),
  };
}
