import type { RunThinking, ThinkingControl } from '#domain';
import { formatNumber, m } from '#i18n';

const CONTROLS: Readonly<Record<ThinkingControl, () => string>> = {
  template: m.fact_thinking_template,
  always: m.fact_thinking_always,
  server: m.fact_thinking_by_server,
  unheard: m.fact_thinking_unheard,
};

/** "On, at most 2,048 tokens. The chat template was told." */
export function thinkingFact(thinking: RunThinking): string {
  const what =
    thinking.mode === 'on' ? m.fact_thinking_on({ tokens: formatNumber(thinking.budget) }) : m.fact_thinking_off();
  return `${what} · ${CONTROLS[thinking.control]()}`;
}

/** A mark for lists; null where the model cannot think. */
export function thinkingMark(thinking: RunThinking | undefined): string | null {
  if (thinking === undefined) return null;
  return thinking.mode === 'on' ? m.thinking_on() : m.thinking_off();
}
