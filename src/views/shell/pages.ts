import type { Route } from '#app';
import { m } from '#i18n';
import type { Component } from 'svelte';
import UnknownPage from './UnknownPage.svelte';

export type RouteOf<K extends Route['page']> = Extract<Route, { page: K }>;

/** A page's component gets its route as its only property. */
type PageOf<K extends Route['page']> = () => Promise<{ default: Component<{ route: RouteOf<K> }> | Component }>;

const unknown = (): Promise<{ default: typeof UnknownPage }> => Promise.resolve({ default: UnknownPage });

/** One line for each page. Fetched when first visited: what the start page does not need is not in the first bytes. */
export const PAGES: { readonly [K in Route['page']]: PageOf<K> } = {
  run: () => import('../run/RunPage.svelte'),
  question: () => import('../question/QuestionPage.svelte'),
  playground: () => import('../playground/PlaygroundPage.svelte'),
  results: () => import('../results/ResultsPage.svelte'),
  result: () => import('../results/RunPage.svelte'),
  item: () => import('../results/ItemPage.svelte'),
  repeats: () => import('../results/RepeatsPage.svelte'),
  matrix: () => import('../compare/MatrixPage.svelte'),
  compare: () => import('../compare/ComparePage.svelte'),
  shared: () => import('../shared/SharedPage.svelte'),
  suites: () => import('../suites/SuitesPage.svelte'),
  suite: () => import('../suites/EditorPage.svelte'),
  models: () => import('../models/ModelsPage.svelte'),
  settings: () => import('../settings/SettingsPage.svelte'),
  diagnose: () => import('../diagnose/DiagnosePage.svelte'),
  unknown,
};

/** The title of the window, and which entry of the navigation is the current one. */
export const TITLES: Readonly<Record<Route['page'], () => string>> = {
  run: m.nav_run,
  question: m.nav_question,
  playground: m.nav_playground,
  results: m.nav_results,
  result: m.nav_results,
  item: m.nav_results,
  repeats: m.nav_results,
  matrix: m.nav_compare,
  compare: m.nav_compare,
  shared: m.nav_shared,
  suites: m.nav_suites,
  suite: m.nav_suites,
  models: m.nav_models,
  settings: m.nav_settings,
  diagnose: m.diagnose_title,
  unknown: m.page_unknown_title,
};
