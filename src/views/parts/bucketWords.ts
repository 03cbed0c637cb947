import type { Bucket, Finding } from '#domain';
import { m } from '#i18n';

/** Where thinking went wrong, in a word. */
export const BUCKET_WORDS: Readonly<Record<Bucket, () => string>> = {
  'gold-abandoned': m.bucket_gold_abandoned,
  'wrong-row-or-year': m.bucket_wrong_row,
  'not-in-passage': m.bucket_not_in_passage,
  'false-step': m.bucket_false_step,
  budget: m.bucket_budget,
};

/** Characters of a place that its sentence quotes. */
const QUOTED = 90;

export function findingSentence({ bucket, text, right = '' }: Finding): string {
  const quoted = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  switch (bucket) {
    case 'gold-abandoned':
      return m.bucket_gold_abandoned_means({ text: quoted });
    case 'wrong-row-or-year':
      return m.bucket_wrong_row_means({ text: quoted });
    case 'not-in-passage':
      return m.bucket_not_in_passage_means({ text: quoted });
    case 'false-step':
      return m.bucket_false_step_means({ text: quoted, right });
    case 'budget':
      return m.bucket_budget_means({ text: quoted });
  }
}
