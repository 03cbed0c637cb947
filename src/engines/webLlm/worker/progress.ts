/** web-llm tells of its loading in sentences; `progress` begins again with each phase, so the sentences are read. */
import type { LoadProgress } from '#domain';

/** Which phase a sentence belongs to; null: it says nothing that we do not know better. */
export function phaseOf(text: string): 'weights' | 'shaders' | 'finished' | null {
  if (/^(Start to fetch params|Fetching param cache\[|Loading model from cache\[)/.test(text)) return 'weights';
  if (/^Loading GPU shader modules\[/.test(text)) return 'shaders';
  return text.startsWith('Finish loading on') ? 'finished' : null;
}

/**
 * The bytes are counted by the files as they are read. From the shaders on the session is made; it is said once, because
 * there are hundreds of them.
 */
export function sessionProgress(onProgress: (p: LoadProgress) => void): (report: { readonly text: string }) => void {
  let said = false;
  return ({ text }) => {
    if (said || phaseOf(text) !== 'shaders') return;
    said = true;
    onProgress({ phase: 'session' });
  };
}
