import { toFailure, type Failure } from '#domain';

/** A value that comes later: exactly one of loading, failed, ready. */
export type Loadable<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly value: T };

export const LOADING: Loadable<never> = { kind: 'loading' };

export function ready<T>(value: T): Loadable<T> {
  return { kind: 'ready', value };
}

/** Awaits the work; whatever it throws becomes the `failed` state. Never rejects. */
export async function settle<T>(work: Promise<T>): Promise<Loadable<T>> {
  try {
    return ready(await work);
  } catch (thrown) {
    return { kind: 'failed', failure: toFailure(thrown) };
  }
}
