import type { VariantId } from '#domain';
import { m } from '#i18n';

export const VARIANT_WORDS: Readonly<Record<VariantId, { readonly name: () => string; readonly means: () => string }>> =
  {
    plain: { name: m.variant_plain, means: m.variant_plain_means },
    'answer-format': { name: m.variant_answer_format, means: m.variant_answer_format_means },
    'step-by-step': { name: m.variant_step_by_step, means: m.variant_step_by_step_means },
    'few-shot': { name: m.variant_few_shot, means: m.variant_few_shot_means },
    'closed-book': { name: m.variant_closed_book, means: m.variant_closed_book_means },
  };
