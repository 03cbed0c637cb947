/** Queues that outlive their tab. */
export { waitingQueues, type WaitingQueues } from './waitingQueues.svelte.ts';
export type { OfferedJob, OfferedQueue } from './offer.ts';
