import type { Suite } from '#domain';
import { m } from '#i18n';

export const SUITE_KIND_WORDS: Readonly<Record<Suite['kind'], () => string>> = {
  reading: m.suite_kind_reading,
  mathematics: m.suite_kind_mathematics,
  custom: m.suite_kind_custom,
};
