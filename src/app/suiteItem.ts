import type { App } from './app.svelte.ts';
import { guessLanguage, type Gold, type SuiteProblem } from '#domain';
import { SuiteDraft } from './suiteDraft.svelte.ts';
import { blankSuite } from './suiteParts.ts';
import { suiteEditorState } from './suiteEditor.svelte.ts';
import type { SuiteEntry } from './suites.svelte.ts';

/** A question from elsewhere on the page that becomes an item. */
export interface NewItem {
  readonly question: string;
  readonly gold: Gold;
}

export type AddedItem =
  | { readonly kind: 'stored'; readonly suiteId: string }
  /** The suite is open with changes of its own: the item is among them now, and stored when they are. */
  | { readonly kind: 'unsaved'; readonly suiteId: string }
  | { readonly kind: 'refused'; readonly problems: readonly SuiteProblem[] };

/**
 * Puts an item into one's own suite, or into a new one with this title. Rejects with what the store says; then nothing
 * is changed.
 */
export async function addItem(
  app: App,
  into: SuiteEntry | { readonly title: string },
  item: NewItem,
): Promise<AddedItem> {
  const editor = app.of(suiteEditorState);
  const language = guessLanguage(item.question);
  const change = { ...item, language };
  if (!('load' in into)) {
    const draft = new SuiteDraft(blankSuite(app.suites.freeId('my-suite'), into.title, language), null);
    draft.changeItem(0, change);
    return stored(app, draft);
  }
  if (editor.unsaved === into.id && editor.draft.kind === 'ready') {
    const draft = editor.draft.value;
    draft.changeItem(draft.addItem(), change);
    return { kind: 'unsaved', suiteId: into.id };
  }
  const suite = await into.load();
  const draft = new SuiteDraft(suite, suite);
  draft.changeItem(draft.addItem(), change);
  const added = await stored(app, draft);
  // The editor would go on with the suite as it was before.
  if (editor.openId === into.id) editor.discard();
  return added;
}

async function stored(app: App, draft: SuiteDraft): Promise<AddedItem> {
  const saved = await draft.save(app.suites);
  return saved ? { kind: 'stored', suiteId: draft.suite.id } : { kind: 'refused', problems: draft.problems };
}
