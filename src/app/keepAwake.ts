/** What is asked of the browser; parameters, so that a test can stand in for it. */
interface Screen {
  readonly navigator: { readonly wakeLock?: { request(type: 'screen'): Promise<{ release(): Promise<void> }> } };
  readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState };
}

/**
 * Keeps the screen on until the signal is aborted: a machine that falls asleep stops computing. The browser takes the
 * lock away when the tab is hidden, so it is asked for again whenever the tab comes back. Where it is refused (an empty
 * battery, no secure context, an old browser) nothing happens: the run goes on all the same.
 */
export function keepAwake(signal: AbortSignal, { navigator, document }: Screen = globalThis): void {
  const { wakeLock } = navigator;
  if (wakeLock === undefined) return;
  const ask = async (): Promise<void> => {
    if (signal.aborted || document.visibilityState !== 'visible') return;
    try {
      const lock = await wakeLock.request('screen');
      const release = (): void => void lock.release().catch(() => undefined);
      if (signal.aborted) release();
      else signal.addEventListener('abort', release, { once: true });
    } catch {
      // Refused: see above.
    }
  };
  document.addEventListener('visibilitychange', () => void ask(), { signal });
  void ask();
}
