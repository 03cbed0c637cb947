import { createContext } from 'svelte';
import type { App } from './app.svelte.ts';

/** The app's state, by Svelte's context: no module holds it. */
export const [useApp, provideApp] = createContext<App>();
